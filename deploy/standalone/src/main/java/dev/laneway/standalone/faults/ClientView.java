package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.List;

/** What an OpenAI client makes of an answer, in a few words. */
public final class ClientView {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data:";

    private final HttpResponse<String> answer;
    private final String whole;
    private final StringBuilder text = new StringBuilder();
    private String finish = "";
    private String error = "";
    private boolean refused;
    private boolean done;

    private ClientView(HttpResponse<String> answer, String whole) {
        this.answer = answer;
        this.whole = whole;
    }

    /** @param whole what the model says where nothing is wrong */
    public static String of(HttpResponse<String> answer, boolean streamed, String whole)
            throws JsonProcessingException {
        ClientView view = new ClientView(answer, whole);
        if (answer.statusCode() != 200) {
            return view.refusal();
        }
        if (streamed) {
            view.readStream();
        } else {
            view.read(JSON.readTree(answer.body()), "message");
            view.done = true;
        }
        return view.words();
    }

    /** The text of an answer that isn't streamed. */
    public static String text(HttpResponse<String> answer) throws JsonProcessingException {
        return JSON.readTree(answer.body()).at("/choices/0/message/content").asText("");
    }

    private void readStream() throws JsonProcessingException {
        List<String> events = answer.body()
                .lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()).strip())
                .toList();
        for (String event : events) {
            if (event.equals("[DONE]")) {
                done = true;
            } else {
                read(JSON.readTree(event), "delta");
            }
        }
    }

    private void read(JsonNode chunk, String content) {
        if (chunk.hasNonNull("error")) {
            error = words(chunk.path("error"));
        }
        JsonNode choice = chunk.at("/choices/0");
        text.append(choice.path(content).path("content").asText(""));
        refused |= !choice.path(content).path("refusal").asText("").isEmpty();
        if (choice.hasNonNull("finish_reason")) {
            finish = choice.path("finish_reason").asText();
        }
    }

    private String refusal() throws JsonProcessingException {
        boolean wait = answer.headers().firstValue("retry-after").isPresent();
        return answer.statusCode() + " " + words(JSON.readTree(answer.body()).path("error"))
                + (wait ? ", with Retry-After" : "");
    }

    private static String words(JsonNode error) {
        return error.path("type").asText() + " " + error.path("code").asText();
    }

    private String words() {
        if (!error.isEmpty()) {
            return "200, " + (whole.contentEquals(text) ? "the whole text" : "a beginning") + ", then the error "
                    + error + " in the stream";
        }
        if (!done) {
            return "200, and a stream without an end";
        }
        String said = refused
                ? "a refusal"
                : whole.contentEquals(text)
                        ? "the answer"
                        : whole.startsWith(text.toString()) ? "a part of the answer" : "another text";
        String reason = finish.equals("stop") ? "" : finish.isEmpty() ? ", without a reason" : ", " + finish;
        return "200, " + said + reason + (answer.body().contains(": x-laneway-continued-by: ") ? ", continued" : "");
    }
}
