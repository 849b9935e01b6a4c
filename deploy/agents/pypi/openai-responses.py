import json

from openai import OpenAI

from laneway import DESCRIPTION, KEY, MODEL, NAME, PROMPT, SCHEMA, STREAM, URL, done, read_note

client = OpenAI(base_url=f"{URL}/v1", api_key=KEY)
tools = [{"type": "function", "name": NAME, "description": DESCRIPTION, "parameters": SCHEMA, "strict": False}]


def ask(items):
    request = {"model": MODEL, "input": items, "tools": tools, "store": False}
    if not STREAM:
        return client.responses.create(**request)
    with client.responses.stream(**request) as stream:
        return stream.get_final_response()


items = [{"role": "user", "content": PROMPT}]
for item in ask(items).output:
    if item.type == "function_call":
        items.append(
            {"type": "function_call", "call_id": item.call_id, "name": item.name, "arguments": item.arguments}
        )
        result = read_note(**json.loads(item.arguments))
        items.append({"type": "function_call_output", "call_id": item.call_id, "output": result})
done(ask(items).output_text)
