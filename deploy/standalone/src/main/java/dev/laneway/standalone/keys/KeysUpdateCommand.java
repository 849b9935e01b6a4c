package dev.laneway.standalone.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.client.ApiClient;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys update}. */
@Command(
        name = "update",
        aliases = "change",
        description = {
            "Changes what a key is held to, whose it is, or when it ends. What is not said stays as it is. In force everywhere within a second.",
            "A limit, a budget or a period is taken back by none, a list of models by '*'."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysUpdateCommand implements Callable<Integer> {
    private static final String NONE = "none";
    private static final String NOW = "now";
    private static final String NEVER = "never";

    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedKey key;

    @Option(names = "--alias", description = "A name to tell it by, which no other key has.")
    private @Nullable String alias;

    @Option(names = "--team", description = "Whose it is; the team must be there.")
    private @Nullable String team;

    @Option(names = "--user", description = "Whose it is.")
    private @Nullable String user;

    @Option(names = "--role", description = "admin, team_admin, member or read_only.")
    private @Nullable String role;

    @Option(names = "--tag", description = "That each of its requests has, in place of those it had. May be repeated.")
    private @Nullable List<String> tags;

    @Option(
            names = "--model",
            description = "A route that it may call, or a pattern, in place of those it had. May be repeated.")
    private @Nullable List<String> models;

    @Option(names = "--max-budget", paramLabel = "DOLLARS", description = "What it may spend in each period.")
    private @Nullable String maxBudget;

    @Option(names = "--period", description = "How often its budget begins anew: 1h, 1d, 1w, 1mo ...")
    private @Nullable String period;

    @Option(names = "--rpm", paramLabel = "N", description = "Requests a minute.")
    private @Nullable String rpm;

    @Option(names = "--tpm", paramLabel = "N", description = "Tokens a minute.")
    private @Nullable String tpm;

    @Option(names = "--parallel", paramLabel = "N", description = "Requests at a time.")
    private @Nullable String parallel;

    @Option(
            names = "--expires-in",
            paramLabel = "SPAN",
            description = "When it ends, from now on: 12h, 30d ...; now, or never.")
    private @Nullable String expiresIn;

    @Option(
            names = "--terms",
            paramLabel = "JSON",
            description =
                    "All terms, as the API has them, in place of all that it had; with none of the options above about them.")
    private @Nullable String terms;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        ObjectNode limits = limits();
        if (terms != null && !limits.isEmpty()) {
            throw wrong("--terms goes without other options about terms");
        }
        ObjectNode body = limits.isEmpty() ? ours() : litellms(limits);
        if (body.isEmpty()) {
            throw wrong("say what to change, such as --rpm 60");
        }
        String path = key.path(api);
        if (limits.isEmpty()) {
            return api.print(api.ask("PATCH", path, body), KeyText::line);
        }
        body.put("key", path.substring(path.lastIndexOf('/') + 1));
        api.ask("POST", "/key/update", body);
        return api.print(api.ask("GET", path, null), KeyText::line);
    }

    private ObjectNode ours() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ApiClient.put(body, "alias", alias);
        ApiClient.put(body, "team", team);
        ApiClient.put(body, "user", user);
        ApiClient.put(body, "role", role);
        tags(body);
        switch (expiresIn) {
            case null -> {}
            case NEVER -> body.putNull("expires_at");
            case NOW -> body.put("expires_at", Instant.now().toString());
            default -> body.put("expires_in", expiresIn);
        }
        if (terms != null) {
            body.set("terms", whole(terms));
        }
        return body;
    }

    /** All in one change, which leaves alone what it does not say. */
    private ObjectNode litellms(ObjectNode limits) {
        ObjectNode body = limits.deepCopy();
        ApiClient.put(body, "key_alias", alias);
        ApiClient.put(body, "team_id", team);
        ApiClient.put(body, "user_id", user);
        ApiClient.put(body, "role", role);
        tags(body);
        switch (expiresIn) {
            case null -> {}
            case NEVER -> body.putNull("duration");
            case NOW -> body.put("duration", "1s");
            default -> body.put("duration", expiresIn);
        }
        return body;
    }

    private void tags(ObjectNode body) {
        if (tags != null) {
            tags.forEach(body.withArray("tags")::add);
        }
    }

    private ObjectNode limits() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        if (models != null) {
            models.forEach(said.withArray("models")::add);
        }
        number(said, "max_budget", "--max-budget", maxBudget);
        if (period != null) {
            said.put("budget_duration", period.equals(NONE) ? null : period);
        }
        number(said, "rpm_limit", "--rpm", rpm);
        number(said, "tpm_limit", "--tpm", tpm);
        number(said, "max_parallel_requests", "--parallel", parallel);
        return said;
    }

    private void number(ObjectNode to, String field, String option, @Nullable String said) {
        if (said == null) {
            return;
        }
        if (said.equals(NONE)) {
            to.putNull(field);
            return;
        }
        try {
            to.put(field, new BigDecimal(said));
        } catch (NumberFormatException none) {
            throw wrong(option + " is a number, or none");
        }
    }

    private JsonNode whole(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException none) {
            throw wrong("--terms is no JSON");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
