package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static Alert alert(int level, String title, String text) {
        return new Alert(
                "alert_1",
                "spend",
                "spend",
                "key/ada",
                level,
                Instant.parse("2026-11-17T10:00:00Z"),
                title,
                text,
                "{\"spent_usd\": 0.000000000001}",
                Instant.parse("2026-11-17T10:00:05Z"));
    }

    private static JsonObject json(byte[] message) {
        return new JsonObject(new String(message, StandardCharsets.UTF_8));
    }

    @Test
    void shouldMentionNobodyInSlack() {
        JsonObject message = json(Messages.slack(alert(0, "@here & <@U1>", "a <b|c> @channel")));

        assertThat(message.getString("text"))
                .isEqualTo("*@\u200bhere &amp; &lt;@\u200bU1&gt;*\na &lt;b|c&gt; @\u200bchannel");
    }

    @Test
    void shouldSayNoLevelWhereThereIsNone() {
        assertThat(json(Messages.webhook(alert(0, "a", "b")))
                        .getJsonObject("data")
                        .containsKey("level"))
                .isFalse();
        assertThat(json(Messages.webhook(alert(50, "a", "b")))
                        .getJsonObject("data")
                        .getInteger("level"))
                .isEqualTo(50);
    }

    @Test
    void shouldWriteAmountsAsTheyAreStored() {
        String message = new String(Messages.webhook(alert(0, "a", "b")), StandardCharsets.UTF_8);

        assertThat(message).endsWith(",\"details\":{\"spent_usd\": 0.000000000001}}}");
    }
}
