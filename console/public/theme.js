// Before the first paint, so that nobody who chose dark sees a white flash. Without a choice the system's is taken.
const chosen = localStorage.getItem("teal.theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
