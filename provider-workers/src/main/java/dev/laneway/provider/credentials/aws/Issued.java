package dev.laneway.provider.credentials.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.SecretText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The JSON that containers and machines give keys by: {@code AccessKeyId}, {@code SecretAccessKey}, {@code Token}, {@code Expiration},
 * as "Retrieve security credentials from instance metadata" in the EC2 user guide shows it.
 */
final class Issued {
    private static final JsonMapper JSON = new JsonMapper();

    private Issued() {}

    /** Empty where it has no keys. */
    static Optional<Session> read(String json) {
        try {
            JsonNode answer = JSON.readTree(json);
            return session(
                    answer.path("AccessKeyId").asText(),
                    answer.path("SecretAccessKey").asText(),
                    answer.path("Token").asText(),
                    answer.path("Expiration").asText());
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** Empty where a part is missing or is none; without an end they last. */
    static Optional<Session> session(String id, String secret, String token, String end) {
        if (id.isBlank() || secret.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Session(
                    new SecretText(id.strip()),
                    new SecretText(secret.strip()),
                    token.isBlank() ? null : new SecretText(token.strip()),
                    end.isBlank() ? Session.LASTING : Instant.parse(end.strip()).toEpochMilli()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
