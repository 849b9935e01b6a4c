package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;

/** Parts as Google sends them: the reason of the end in a chunk of its own, with an empty text. */
final class GeminiVoice implements VendorVoice {
    private static final String USAGE = "'usageMetadata':{'promptTokenCount':30,'candidatesTokenCount':7,"
            + "'totalTokenCount':42,'cachedContentTokenCount':8,'thoughtsTokenCount':5}";

    private static String answer(String parts, String finish, String more) {
        return "{'candidates':[{'content':{'parts':[" + parts + "],'role':'model'},"
                + (finish == null ? "" : "'finishReason':'" + finish + "',") + "'index':0}]," + more
                + "'modelVersion':'" + MODEL + "','responseId':'resp1'}";
    }

    private static String chunk(String parts) {
        return "data: "
                + answer(parts, null, "'usageMetadata':{'promptTokenCount':30,'cachedContentTokenCount':8},")
                + "\n\n";
    }

    private static String end(String finish) {
        return "data: " + answer("{'text':''}", finish, USAGE + ",") + "\n\n";
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String text) {
        return "{'text':'" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "'}";
    }

    @Override
    public byte[] text(boolean stream, String finish) {
        return bytes(
                stream
                        ? chunk(text(TEXT_START)) + chunk(text(TEXT_END)) + end(finish) + "\n"
                        : answer(text(TEXT_START) + "," + text(TEXT_END), finish, USAGE + ","));
    }

    @Override
    public byte[] beginning() {
        return bytes(chunk(text("")) + chunk(text(TEXT_START)));
    }

    @Override
    public byte[] calls(boolean stream) {
        var weather = "{'functionCall':{'id':'c1','name':'weather','args':{'city':'Paris'}}}";
        var clock = "{'functionCall':{'name':'clock','args':{}}}";
        return bytes(
                stream
                        ? chunk(weather) + chunk(clock) + end("STOP")
                        : answer(weather + "," + clock, "STOP", USAGE + ","));
    }

    @Override
    public byte[] thought(boolean stream) {
        var signed = "{'text':'" + TEXT_START + "','thoughtSignature':'" + SIGNATURE + "'}";
        return bytes(
                stream
                        ? chunk("{'text':'Let me ','thought':true}")
                                + chunk("{'text':'think.','thought':true}")
                                + chunk(signed)
                                + end("STOP")
                        : answer("{'text':'" + THOUGHT + "','thought':true}," + signed, "STOP", USAGE + ","));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        var error = "{'error':{'code':503,'message':'busy','status':'UNAVAILABLE'}}";
        return bytes(stream ? "data: " + error + "\n\n" : error);
    }

    @Override
    public byte[] garbage() {
        return bytes("data: {'candidates':[{\n\n");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return bytes(stream ? end("STOP") : answer("{'text':''}", "STOP", USAGE + ","));
    }

    /** There is none: only a blank line. */
    @Override
    public String formalEnd() {
        return "\n\n\n";
    }

    @Override
    public String provider() {
        return "gemini";
    }

    @Override
    public String base() {
        return "https://vendor.example";
    }

    @Override
    public void judge(UpstreamCall call, boolean stream) {
        var body = CallerEar.json(call.body());
        assertThat(body.has("model") || body.has("stream")).isFalse();
        assertThat(Dialects.inbound(Dialect.GEMINI).inspect(call.body())).isInstanceOf(Inspection.Accepted.class);
        assertThat(call.headers()).containsEntry("x-goog-api-key", "the-key");
        assertThat(call.url())
                .isEqualTo("https://vendor.example/v1beta/models/" + MODEL
                        + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"));
    }

    @Override
    public String stop() {
        return "STOP";
    }

    @Override
    public String length() {
        return "MAX_TOKENS";
    }
}
