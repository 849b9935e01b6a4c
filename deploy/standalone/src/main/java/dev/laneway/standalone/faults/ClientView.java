package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.http.HttpResponse;

/** What a client makes of an answer, in a few words. */
public final class ClientView {
    private ClientView() {}

    /** @param whole what the model says where nothing is wrong */
    public static String of(FaultCase tried, HttpResponse<String> answer, String whole) throws JsonProcessingException {
        ClientFormat client = tried.client();
        if (answer.statusCode() != 200) {
            boolean wait = answer.headers().firstValue("retry-after").isPresent();
            return answer.statusCode() + " " + client.errorOf(answer.body()) + (wait ? ", with Retry-After" : "");
        }
        Heard heard = client.hear(answer.body(), tried.streamed());
        boolean all = heard.text().equals(whole);
        if (!heard.error().isEmpty()) {
            return "200, " + (all ? "the whole text" : "a beginning") + ", then the error " + heard.error()
                    + " in the stream";
        }
        if (!heard.ended()) {
            return "200, and a stream without an end";
        }
        String said = heard.refused()
                ? "a refusal"
                : all ? "the answer" : whole.startsWith(heard.text()) ? "a part of the answer" : "another text";
        return "200, " + said + reason(client, heard)
                + (answer.body().contains(": x-laneway-continued-by: ") ? ", continued" : "");
    }

    private static String reason(ClientFormat client, Heard heard) {
        return heard.finish().equals(client.usual())
                ? ""
                : heard.finish().isEmpty() ? ", without a reason" : ", " + heard.finish();
    }

    /** The text of an answer that isn't streamed. */
    public static String text(HttpResponse<String> answer) throws JsonProcessingException {
        return ClientFormat.OPENAI.hear(answer.body(), false).text();
    }
}
