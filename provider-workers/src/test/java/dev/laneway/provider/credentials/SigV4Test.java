package dev.laneway.provider.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.UpstreamCall;
import dev.laneway.runtime.config.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigV4Test {
    private static final long NOW = Instant.parse("2015-08-30T12:36:00Z").toEpochMilli();
    private static final String SESSION =
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    /** The published test suite of Signature Version 4: its vectors that are a POST. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            post-vanilla, /, '', '', 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
            post-vanilla-query, /?Param1=value1, '', '', 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
            post-header-key-sort, /, '', my-header1:value1, c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c
            post-header-value-case, /, '', my-header1:VALUE1, cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
            post-x-www-form-urlencoded, /, Param1=value1, content-type:application/x-www-form-urlencoded, \
            ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a
            """)
    void shouldSignAsPublished(String name, String target, String body, String header, String signature) {
        Map<String, String> headers = new HashMap<>();
        if (!header.isEmpty()) {
            headers.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
        }
        UpstreamCall call = call("https://example.amazonaws.com" + target, headers, body);

        UpstreamCall signed = new SigV4("service").sign(call, keys(null), NOW);

        assertThat(signed.headers().get("authorization")).as(name).endsWith("Signature=" + signature);
        assertThat(signed.headers()).containsEntry("x-amz-date", "20150830T123600Z");
    }

    @Test
    void shouldSignTheSessionToken() {
        UpstreamCall signed =
                new SigV4("service").sign(call("https://example.amazonaws.com/", Map.of(), ""), keys(SESSION), NOW);

        assertThat(signed.headers()).containsEntry("x-amz-security-token", SESSION);
        assertThat(signed.headers().get("authorization"))
                .endsWith("SignedHeaders=host;x-amz-date;x-amz-security-token,"
                        + " Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
    }

    /** What botocore 1.44.8 signs for the same request. */
    @Test
    void shouldEncodeThePathOnceMore() {
        UpstreamCall call = call(
                "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
                Map.of("content-type", "application/json"), "{\"a\":\"\u00e4\"}");

        UpstreamCall signed = SigV4.BEDROCK.sign(call, keys(null), NOW);

        assertThat(signed.headers().get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/bedrock/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=8f83200845a0f48177b3ea2a2f1912c5e8bc37c6133571dabd4e5b33d7fd0cb1");
    }

    @Test
    void shouldNameAPortThatIsNotTheSchemesOwn() {
        UpstreamCall named = SigV4.BEDROCK.sign(call("http://localhost:7330/x", Map.of(), ""), keys(null), NOW);
        UpstreamCall usual = SigV4.BEDROCK.sign(call("http://localhost:80/x", Map.of(), ""), keys(null), NOW);
        UpstreamCall unsaid = SigV4.BEDROCK.sign(call("http://localhost/x", Map.of(), ""), keys(null), NOW);

        assertThat(usual.headers()).isEqualTo(unsaid.headers()).isNotEqualTo(named.headers());
    }

    private static UpstreamCall call(String url, Map<String, String> headers, String body) {
        return new UpstreamCall(url, headers, body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static Credential.Aws keys(String session) {
        return new Credential.Aws(
                "us-east-1",
                new SecretText("AKIDEXAMPLE"),
                new SecretText("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                session == null ? null : new SecretText(session));
    }
}
