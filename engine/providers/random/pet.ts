import { randomInt } from "node:crypto";
import type { PropertyMap } from "../../values/property.ts";

const adverbs =
  "barely boldly briefly brightly calmly clearly deeply duly evenly fairly firmly freely gently gladly greatly hardly highly keenly kindly largely lightly likely loosely mostly nearly neatly openly plainly purely quickly rarely really safely secondly simply slowly softly solely sternly strictly swiftly truly vastly warmly weekly wholly widely wisely".split(
    " ",
  );
const adjectives =
  "able apt awake bold brave brief bright busy calm civil clean clear close cool crisp deep eager early easy equal exact fair fast fine firm first fit fleet fond frank free fresh full gentle glad good grand great handy happy hardy humble ideal keen kind large light loyal lucky major mature merry mighty neat nice noble noted open poised prime proud pure quick quiet rapid rare ready rich robust select sharp sleek smart smooth solid sound steady strong subtle sunny super sweet swift tender tidy tough true trusty unique valid vast vital warm wealthy wise witty worthy".split(
    " ",
  );
const animals =
  "adder akita albacore ant ape asp badger barnacle bass bat bear beetle bengal bird bison boa bobcat buck bug bull calf camel caribou cat chow civet clam cobra cod collie colt condor coral cougar cow coyote crab crane cricket crow dane deer dingo dodo doe dog dolphin donkey dove drake drum duck eagle eel elf elk emu ewe falcon feline ferret finch fish flea fly foal fowl fox frog gator gecko ghost ghoul goat goose grouse grub gull hare hawk hen heron hippo hog horse hound husky hyena ibex imp jackal jay joey kid kite kitten koala krill lab lamb lark leech lemur liger lion lizard llama lobster locust loon lynx macaw mako mammal man mantis marlin marten mayfly midge mink mite molly monkey monster moose moray moth mouse mule muskox mustang newt ocelot octopus oriole osprey owl ox oyster panda pangolin parrot pegasus penguin perch phoenix pig pika piranha polecat pony poodle possum prawn pug puma pup python quagga quail rabbit raccoon racer ram raptor rat raven ray redbird reindeer robin rodent rooster sailfish salmon sawfish seal shad shark sheep shepherd shiner shrew shrimp silkworm skink skunk skylark sloth slug snail snake snapper snipe sole spaniel sparrow spider sponge squid stag starfish stingray stork stud sturgeon sunbird sunfish swan swift tadpole tahr tapir teal termite terrapin terrier tick tiger titmouse toad tomcat tortoise toucan treefrog troll trout tuna turkey turtle unicorn urchin vervet viper vulture wahoo wallaby walleye walrus warthog wasp weasel weevil werewolf whale whippet wolf wombat worm wren yak yeti zebra".split(
    " ",
  );

/** Words joined by a separator, an animal last: `smoothly-keen-otter` has length 3. */
export function drawPet(inputs: PropertyMap): string {
  const length = Math.max(1, Number(inputs["length"] ?? 2));
  const separator = typeof inputs["separator"] === "string" ? inputs["separator"] : "-";
  const pick = (words: readonly string[]) => words[randomInt(words.length)]!;
  const words = [
    ...Array.from({ length: Math.max(0, length - 2) }, () => pick(adverbs)),
    ...(length > 1 ? [pick(adjectives)] : []),
    pick(animals),
  ];
  return [...(typeof inputs["prefix"] === "string" ? [inputs["prefix"]] : []), ...words].join(separator);
}
