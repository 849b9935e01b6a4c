import OpenAI from 'openai';
import {key, model, url} from './laneway.mjs';

const client = new OpenAI({baseURL: `${url}/v1`, apiKey: key});
const answer = await client.embeddings.create({model, input: ['one lane', 'another lane']}); // asks for base64 unasked
console.log(JSON.stringify({calls: 0, answer: answer.data.map(one => typeof one.embedding[0]).join(' ')}));
