package dev.laneway.runtime.config.alerts;

import dev.laneway.runtime.config.SecretRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where alerts are sent. Its address is a secret: who knows that of a Slack channel may write to it. */
public sealed interface AlertChannel {
    /** What rules call it. */
    String name();

    SecretRef url();

    /** An incoming webhook of Slack's, or of what speaks its format (Mattermost, Discord with {@code /slack}). */
    record Slack(String name, SecretRef url) implements AlertChannel {
        public Slack {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(url, "url");
        }
    }

    /**
     * An endpoint of the operator's own.
     *
     * @param secret signs what is sent, as Standard Webhooks has it; null: nothing is signed
     */
    record Webhook(String name, SecretRef url, @Nullable SecretRef secret) implements AlertChannel {
        public Webhook {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(url, "url");
        }
    }
}
