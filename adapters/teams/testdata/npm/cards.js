// Reads {"name": card, …} and prints what Microsoft's own Adaptive Cards parser
// holds against each, one line each. The parser knows version 1.5 and no more.
const AC = require('adaptivecards/dist/adaptivecards.js');
const fs = require('fs');

const cards = JSON.parse(fs.readFileSync(0, 'utf8'));
for (const [name, json] of Object.entries(cards)) {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  card.parse(json, context);
  for (let i = 0; i < context.eventCount; i++) {
    const message = context.getEventAt(i).message;
    // The parser looks at every second lang only: its pattern keeps its place
    // from one card to the next.
    if (message.includes('property "lang"') && /^[a-z]{2,3}$/.test(json.lang)) continue;
    console.log(name, message);
  }
  for (const e of card.validateProperties().validationEvents) console.log(name, e.message);
}
