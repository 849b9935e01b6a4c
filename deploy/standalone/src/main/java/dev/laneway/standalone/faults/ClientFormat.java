package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.standalone.faults.Heard.Ear;
import java.util.List;

/** A wire format of clients: how they ask in it, and how they read what comes, as its specification has it. */
public enum ClientFormat {
    OPENAI("OpenAI chat", "stop", "/v1/chat/completions") {
        @Override
        void read(JsonNode said, Ear ear) {
            if (said.hasNonNull("error")) {
                ear.error = error(said);
            }
            JsonNode choice = said.at("/choices/0");
            JsonNode message = choice.path(choice.has("delta") ? "delta" : "message");
            ear.text.append(message.path("content").asText(""));
            ear.text.append(message.path("refusal").asText(""));
            ear.refused |= !message.path("refusal").asText("").isEmpty();
            if (choice.hasNonNull("finish_reason")) {
                ear.finish = choice.path("finish_reason").asText();
            }
            ear.ended |= said.path("object").asText().equals("chat.completion");
        }

        @Override
        String error(JsonNode body) {
            return typeAndCode(body.path("error"));
        }
    },
    RESPONSES("OpenAI Responses", "completed", "/v1/responses") {
        @Override
        public String body(String model, boolean stream) {
            return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"max_output_tokens\":100,\"input\":\""
                    + QUESTION + "\"}";
        }

        @Override
        void read(JsonNode said, Ear ear) {
            switch (said.path("type").asText()) {
                case "response.output_text.delta" ->
                    ear.text.append(said.path("delta").asText());
                case "response.refusal.delta" -> {
                    ear.refused = true;
                    ear.text.append(said.path("delta").asText());
                }
                case "response.completed", "response.incomplete" -> end(said.path("response"), ear);
                case "error" -> ear.error = error(said);
                case "response.failed" ->
                    ear.error += ", " + said.at("/response/error/code").asText();
                case "" -> whole(said, ear);
                default -> {}
            }
        }

        private void whole(JsonNode response, Ear ear) {
            for (JsonNode item : response.path("output")) {
                for (JsonNode part : item.path("content")) {
                    ear.refused |= part.has("refusal");
                    ear.text
                            .append(part.path("text").asText(""))
                            .append(part.path("refusal").asText(""));
                }
            }
            end(response, ear);
        }

        private void end(JsonNode response, Ear ear) {
            ear.ended = true;
            ear.finish = response.at("/incomplete_details/reason")
                    .asText(response.path("status").asText());
        }

        @Override
        String error(JsonNode body) {
            return typeAndCode(body.path("error"));
        }
    },
    ANTHROPIC("Anthropic Messages", "end_turn", "/v1/messages") {
        @Override
        void read(JsonNode said, Ear ear) {
            switch (said.path("type").asText()) {
                case "error" -> ear.error = error(said);
                case "message" -> {
                    said.path("content")
                            .forEach(block -> ear.text.append(block.path("text").asText("")));
                    stop(said, ear);
                    ear.ended = true;
                }
                case "content_block_delta" ->
                    ear.text.append(said.at("/delta/text").asText(""));
                case "message_delta" -> stop(said.path("delta"), ear);
                case "message_stop" -> ear.ended = true;
                default -> {}
            }
        }

        private void stop(JsonNode at, Ear ear) {
            ear.finish = at.path("stop_reason").asText("");
            ear.refused = ear.finish.equals("refusal");
        }

        @Override
        String error(JsonNode body) {
            return body.at("/error/type").asText();
        }
    },
    GEMINI("Gemini", "STOP", "") {
        @Override
        public String path(String model, boolean stream) {
            return "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        }

        @Override
        public String body(String model, boolean stream) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + QUESTION
                    + "\"}]}],\"generationConfig\":{\"maxOutputTokens\":100}}";
        }

        @Override
        void read(JsonNode said, Ear ear) {
            if (said.hasNonNull("error")) {
                ear.error = error(said);
            }
            JsonNode candidate = said.at("/candidates/0");
            candidate
                    .at("/content/parts")
                    .forEach(part -> ear.text.append(part.path("text").asText("")));
            if (candidate.hasNonNull("finishReason")) {
                ear.finish = candidate.path("finishReason").asText();
                ear.ended = true;
            }
        }

        @Override
        String error(JsonNode body) {
            return body.at("/error/status").asText() + " "
                    + body.at("/error/details/0/reason").asText();
        }
    },
    OLLAMA("Ollama", "stop", "/api/chat") {
        @Override
        public String body(String model, boolean stream) {
            return OPENAI.body(model, stream).replace("\"max_tokens\":100", "\"options\":{\"num_predict\":100}");
        }

        @Override
        void read(JsonNode said, Ear ear) {
            if (said.hasNonNull("error")) {
                ear.error = error(said);
            }
            ear.text.append(said.at("/message/content").asText(""));
            if (said.path("done").asBoolean()) {
                ear.finish = said.path("done_reason").asText("");
                ear.ended = true;
            }
        }

        // There is nothing else.
        @Override
        String error(JsonNode body) {
            return body.path("error").asText().isBlank() ? "nothing" : "(a sentence)";
        }
    };

    static final String QUESTION = "What is a lane?";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data:";

    private final String words;
    private final String usual;
    private final String path;

    ClientFormat(String words, String usual, String path) {
        this.words = words;
        this.usual = usual;
        this.path = path;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Why an answer ends that came to its end. */
    String usual() {
        return usual;
    }

    /** Where a model is asked. */
    public String path(String model, boolean stream) {
        return path;
    }

    /** A short question. */
    public String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]}";
    }

    /** Reads a whole answer, or what stands in one frame of a stream. */
    abstract void read(JsonNode said, Ear ear);

    /** What programs are told by an error. */
    abstract String error(JsonNode body);

    /** Reads an answer with status 200. */
    public Heard hear(String body, boolean streamed) throws JsonProcessingException {
        Ear ear = new Ear();
        for (String frame : streamed ? frames(body) : List.of(body)) {
            if (frame.equals("[DONE]")) {
                ear.ended = true;
            } else {
                read(JSON.readTree(frame), ear);
            }
        }
        return ear.heard();
    }

    /** Reads one with another status. */
    public String errorOf(String body) throws JsonProcessingException {
        return error(JSON.readTree(body));
    }

    private List<String> frames(String body) {
        return switch (this) {
            case OLLAMA -> body.lines().toList();
            case OPENAI, RESPONSES, ANTHROPIC, GEMINI ->
                body.lines()
                        .filter(line -> line.startsWith(DATA))
                        .map(line -> line.substring(DATA.length()).strip())
                        .toList();
        };
    }

    private static String typeAndCode(JsonNode error) {
        return error.path("type").asText() + " " + error.path("code").asText();
    }
}
