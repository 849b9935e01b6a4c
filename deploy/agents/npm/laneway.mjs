// What every client of this folder does the same: one tool of its own, whose result only this process knows.
// In the environment: LANEWAY_URL (without /v1), LANEWAY_KEY, MODEL, NOTE; STREAM=no asks for answers in one piece.
export const url = process.env.LANEWAY_URL;
export const key = process.env.LANEWAY_KEY;
export const model = process.env.MODEL;
export const stream = process.env.STREAM !== 'no';
export const prompt = 'Please call read_note {"name": "lanes.txt"}';
export const tool = {
  name: 'read_note',
  description: 'Reads a note.',
  schema: {type: 'object', properties: {name: {type: 'string'}}, required: ['name'], additionalProperties: false},
};

let calls = 0;

/** What the tool does. */
export function readNote({name}) {
  if (name !== 'lanes.txt') throw new Error(`called with ${name}`);
  calls++;
  return process.env.NOTE;
}

/** The last line of output: how often the tool ran, and what the model said at last. */
export function done(answer) {
  console.log(JSON.stringify({calls, answer}));
}
