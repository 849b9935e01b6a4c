from google import genai
from google.genai import types

from laneway import KEY, MODEL, PROMPT, STREAM, URL, done, read_note

client = genai.Client(api_key=KEY, vertexai=False, http_options=types.HttpOptions(base_url=URL))
config = types.GenerateContentConfig(tools=[read_note])  # the client calls it by itself
request = {"model": MODEL, "contents": PROMPT, "config": config}
if STREAM:
    done("".join(chunk.text or "" for chunk in client.models.generate_content_stream(**request)))
else:
    done(client.models.generate_content(**request).text)
