package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.contract.Heard.Call;
import dev.laneway.dialects.providers.ProviderCatalogue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every pair of a caller's and a vendor's dialect. */
abstract class ExchangeContract {
    private final Dialect caller;
    private final VendorDialect vendor;
    private final CallerEar ear;
    private final VendorVoice voice;

    ExchangeContract(Dialect caller, VendorDialect vendor) {
        this.caller = caller;
        this.vendor = vendor;
        this.ear = CallerEar.of(caller);
        this.voice = VendorVoice.of(vendor);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryText(boolean stream) {
        var heard = hear(stream, voice.text(stream, voice.stop()));

        assertThat(heard.text()).isEqualTo(VendorVoice.TEXT_START + VendorVoice.TEXT_END);
        assertThat(heard.finish()).isEqualTo(ear.stop());
        assertThat(heard.whole()).isTrue();
        assertThat(heard.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryParallelCalls(boolean stream) {
        assumeTrue(ear.hearsCalls());

        var heard = hear(stream, voice.calls(stream));

        assertThat(heard.calls()).hasSize(2);
        assertThat(heard.calls().get(0)).isEqualTo(new Call("c1", "weather", "{\"city\":\"Paris\"}"));
        assertThat(heard.calls().get(1).name()).isEqualTo("clock");
        assertThat(heard.calls().get(1).arguments()).isIn("{}", caller == vendor ? "" : "{}");
        assertThat(heard.finish()).isEqualTo(ear.toolCalls());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarrySignedThoughts(boolean stream) {
        var heard = hear(stream, voice.thought(stream));

        assertThat(heard.reasoning()).isEqualTo(VendorVoice.THOUGHT);
        if (voice.signs() && ear.hearsSignatures()) {
            assertThat(heard.signatures()).hasSize(1).allMatch(signature -> signature.endsWith(VendorVoice.SIGNATURE));
        } else {
            assertThat(heard.signatures()).isEmpty();
        }
        assertThat(heard.text()).isEqualTo(VendorVoice.TEXT_START);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryALimitAsTheReason(boolean stream) {
        var heard = hear(stream, voice.text(stream, voice.length()));

        assertThat(heard.finish()).isEqualTo(ear.length());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReportAndShowUsage(boolean stream) {
        var pipe = pipe(stream, true);

        var heard = hear(stream, all(pipe, voice.text(stream, voice.stop())), pipe);

        assertThat(pipe.usage()).isEqualTo(voice.usage());
        assertThat(heard.usage()).isEqualTo(ear.ofUsage(voice.usage()));
    }

    @Test
    void shouldReportUsageThatTheClientDidNotAskToSee() {
        var pipe = pipe(true, false);

        all(pipe, voice.text(true, voice.stop()));

        assertThat(pipe.usage()).isEqualTo(voice.usage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowTheRouteInPlaceOfTheVendorsModel(boolean stream) {
        var pipe = pipe(stream, true);
        var bytes = all(pipe, voice.text(stream, voice.stop()));

        assertThat(hear(stream, bytes, pipe).model()).isEqualTo("my-\"route\"");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain(VendorVoice.MODEL);
    }

    @Test
    void shouldSayWhenTheFirstRealTokenCame() {
        var pipe = pipe(true, true);
        var beginning = voice.beginning();
        var token = new String(beginning, StandardCharsets.UTF_8).indexOf(VendorVoice.TEXT_START);

        pipe.feed(beginning, 0, token - 5);
        assertThat(pipe.tokenSeen()).isFalse();
        pipe.feed(beginning, token - 5, beginning.length - token + 5);

        assertThat(pipe.tokenSeen()).isTrue();
    }

    @Test
    void shouldPassTokensOnAtOnce() {
        var pipe = pipe(true, true);

        var bytes = pipe.feed(voice.beginning());

        assertThat(ear.stream(bytes).text()).isEqualTo(VendorVoice.TEXT_START);
        assertThat(pipe.finished()).isFalse();
    }

    @Test
    void shouldTypeAnErrorInTheStream() {
        var pipe = pipe(true, true);

        all(pipe, voice.overloaded(true));

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(pipe.failure().message()).isEqualTo("busy");
        assertThat(pipe.tokenSeen()).isFalse();
    }

    @Test
    void shouldEndAStreamHonestlyThatFailsInTheMiddle() {
        var pipe = pipe(true, true);
        var out = new ByteArrayOutputStream();

        out.writeBytes(pipe.feed(voice.beginning()));
        out.writeBytes(pipe.feed(voice.overloaded(true)));
        out.writeBytes(pipe.feed(voice.text(true, voice.stop())));
        out.writeBytes(pipe.end());
        out.writeBytes(Dialects.inbound(caller).errorFrames(ClientError.of(pipe.failure(), 503, "r1")));
        var heard = ear.stream(out.toByteArray());

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(heard.text()).isEqualTo(VendorVoice.TEXT_START);
        assertThat(heard.error()).isEqualTo("busy");
        assertThat(heard.whole()).isFalse();
    }

    @Test
    void shouldTypeAnErrorInPlaceOfAStream() {
        var pipe = pipe(true, true);

        all(pipe, voice.overloaded(false));

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void shouldTypeAnErrorInAnAnswerThatSaid200() {
        var pipe = pipe(false, true);

        all(pipe, voice.overloaded(false));

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void shouldNoticeACutStream() {
        var pipe = pipe(true, true);

        var bytes = all(pipe, voice.beginning());

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CUT_STREAM);
        assertThat(ear.stream(bytes).whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNoticeAnEmptyAnswer(boolean stream) {
        var nothingCame = pipe(stream, true);
        var nothingSaid = pipe(stream, true);

        all(nothingCame, new byte[0]);
        all(nothingSaid, voice.nothing(stream));

        assertThat(nothingCame.failure().kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
        assertThat(nothingSaid.failure().kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
    }

    @Test
    void shouldNoticeGarbage() {
        var inStream = pipe(true, true);
        var page = pipe(true, true);
        var truncated = pipe(false, true);

        inStream.feed(voice.beginning());
        all(inStream, voice.garbage());
        all(page, "<html>\n\n<body>It works!</body></html>\n".getBytes(StandardCharsets.UTF_8));
        var whole = voice.text(false, voice.stop());
        truncated.feed(whole, 0, whole.length - 20);
        truncated.end();

        assertThat(inStream.failure().kind()).isEqualTo(FailureKind.MALFORMED);
        assertThat(page.failure().kind()).isEqualTo(FailureKind.MALFORMED);
        assertThat(truncated.failure().kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @Test
    void shouldForgiveAMissingFormalEndAndGiveOne() {
        var text = new String(voice.text(true, voice.stop()), StandardCharsets.UTF_8);
        assumeTrue(!voice.formalEnd().isEmpty());
        var formal = text.indexOf(voice.formalEnd());
        var pipe = pipe(true, true);

        var heard = hear(true, all(pipe, text.substring(0, formal).getBytes(StandardCharsets.UTF_8)), pipe);

        assertThat(heard.whole()).isTrue();
        assertThat(heard.finish()).isEqualTo(ear.stop());
    }

    @Test
    void shouldForgiveOtherLineEndsAndAMissingLastOne() {
        var text = new String(voice.calls(true), StandardCharsets.UTF_8);
        assumeTrue(ear.hearsCalls());
        for (var changed : new String[] {text.replace("\n", "\r\n"), text.replace("\n", "\r"), text.stripTrailing()}) {
            var heard = hear(true, changed.getBytes(StandardCharsets.UTF_8));

            assertThat(heard.calls()).hasSize(2);
            assertThat(heard.whole()).isTrue();
        }
    }

    @Test
    void shouldSayTheSameHoweverTheStreamIsCut() {
        var random = new Random(11);
        for (var answer : new byte[][] {voice.text(true, voice.stop()), voice.calls(true), voice.thought(true)}) {
            var expected = ear.timeless(new String(all(pipe(true, true), answer), StandardCharsets.UTF_8));
            for (var round = 0; round < 300; round++) {
                var pipe = pipe(true, true);
                var out = new ByteArrayOutputStream();
                for (var at = 0; at < answer.length; ) {
                    var length = Math.min(answer.length - at, 1 + random.nextInt(round % 3 == 0 ? 3 : 200));
                    out.writeBytes(pipe.feed(answer.clone(), at, length));
                    at += length;
                }
                out.writeBytes(pipe.end());

                assertThat(ear.timeless(out.toString(StandardCharsets.UTF_8))).isEqualTo(expected);
                assertThat(pipe.usage()).isEqualTo(voice.usage());
                assertThat(pipe.failure()).isNull();
            }
        }
    }

    @Test
    void shouldIgnoreWhatFollowsTheEnd() {
        var pipe = pipe(true, true);

        pipe.feed(voice.text(true, voice.stop()));
        assertThat(pipe.finished()).isTrue();
        var after = pipe.feed(voice.overloaded(true));

        assertThat(after).isEmpty();
        assertThat(pipe.failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCallTheVendorAsItsOwnRulesDemand(boolean stream) {
        var exchange = open(voice.takes(SampleRequests.rich(caller, stream)), stream, true);

        var call = ((Exchange.Ready) exchange).call();
        voice.judge(call, stream);
        assertThat(call.headers()).containsEntry("x-client-request-id", "r1:0:0");
        assertThat(call.toString()).doesNotContain("the-key");
    }

    final Heard hear(boolean stream, byte[] answer) {
        var pipe = pipe(stream, true);
        return hear(stream, all(pipe, answer), pipe);
    }

    private Heard hear(boolean stream, byte[] bytes, AnswerPipe pipe) {
        assertThat(pipe.failure()).isNull();
        assertThat(pipe.finished()).isTrue();
        assertThat(pipe.tokenSeen()).isTrue();
        return stream ? ear.stream(bytes) : ear.whole(bytes);
    }

    private static byte[] all(AnswerPipe pipe, byte[] answer) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(pipe.feed(answer));
        out.writeBytes(pipe.end());
        return out.toByteArray();
    }

    private AnswerPipe pipe(boolean stream, boolean includeUsage) {
        return ((Exchange.Ready) open(SampleRequests.plain(caller, stream), stream, includeUsage)).answer();
    }

    private Exchange open(byte[] body, boolean stream, boolean includeUsage) {
        var provider = ProviderCatalogue.find(voice.provider());
        var target = new Target(
                provider,
                VendorVoice.MODEL,
                new Target.Endpoint(voice.base(), "the-key", Map.of()),
                "r1:0:0",
                stream,
                Map.of(),
                Target.Policy.NONE);
        return Exchange.open(
                Dialects.inbound(caller),
                body,
                target,
                new RenderContext("r1", "my-\"route\"", 1_790_000_000, stream, includeUsage));
    }
}
