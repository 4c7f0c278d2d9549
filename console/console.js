/* global document, fetch */

const status = document.querySelector("#status");
const place = document.querySelector("#environments");

async function read(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(response.status === 401 ? "This installation asks for a token: use the API." : answer.detail);
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function row(tenant) {
  const link = element("a", tenant.id);
  link.href = tenant.url;
  const { blue, green } = tenant.weights;
  const doing = tenant.operation ? `${tenant.operation.kind}: ${tenant.operation.phase}` : "";
  const cells = [link, tenant.name, tenant.release ?? "none yet", `${blue} / ${green}`, doing];
  return element("tr", ...cells.map((cell) => element("td", cell)));
}

function table(tenants) {
  const titles = ["Tenant", "Name", "Release", "Blue / green %", "Under way"];
  const head = element("thead", element("tr", ...titles.map((title) => element("th", title))));
  return element("table", head, element("tbody", ...tenants.map(row)));
}

async function section({ name, tenants }) {
  const { items, next } = await read(`v1/environments/${name}/tenants?limit=100`);
  const more = next ? [element("p", `${tenants - items.length} more: see the API.`)] : [];
  const list = items.length > 0 ? table(items) : element("p", "No tenants yet.");
  return element("section", element("h2", name), list, ...more);
}

async function show() {
  try {
    const { items } = await read("v1/environments");
    place.replaceChildren(...(await Promise.all(items.map(section))));
    status.textContent = "";
  } catch (error) {
    status.textContent = error.message;
  }
}

await show();
