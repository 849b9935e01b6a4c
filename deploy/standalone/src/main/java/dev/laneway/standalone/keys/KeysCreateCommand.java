package dev.laneway.standalone.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.client.ApiClient;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys create}. */
@Command(
        name = "create",
        description = "Makes a key, and prints its secret. It is shown this once: what is kept is a digest.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--alias", description = "A name to tell it by, which no other key has.")
    private @Nullable String alias;

    @Option(names = "--team", description = "Whose it is; the team must be there.")
    private @Nullable String team;

    @Option(names = "--user", description = "Whose it is.")
    private @Nullable String user;

    @Option(
            names = "--role",
            description = "admin, team_admin, member or read_only. Default: what its user is, else member.")
    private @Nullable String role;

    @Option(names = "--tag", description = "That each of its requests has. May be repeated.")
    private @Nullable List<String> tags;

    @Option(names = "--model", description = "A route that it may call, or a pattern. May be repeated. Default: all.")
    private @Nullable List<String> models;

    @Option(names = "--max-budget", paramLabel = "DOLLARS", description = "What it may spend in each period.")
    private @Nullable BigDecimal maxBudget;

    @Option(names = "--period", description = "How often its budget begins anew: 1h, 1d, 1w, 1mo ... Default: never.")
    private @Nullable String period;

    @Option(names = "--rpm", description = "Requests a minute.")
    private @Nullable Long rpm;

    @Option(names = "--tpm", description = "Tokens a minute.")
    private @Nullable Long tpm;

    @Option(names = "--parallel", description = "Requests at a time.")
    private @Nullable Long parallel;

    @Option(names = "--expires-in", paramLabel = "SPAN", description = "When it ends: 12h, 30d ... Default: never.")
    private @Nullable String expiresIn;

    @Option(
            names = "--terms",
            paramLabel = "JSON",
            description = "All terms, as the API has them; with none of the options above about them.")
    private @Nullable String terms;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ApiClient.put(body, "alias", alias);
        ApiClient.put(body, "team", team);
        ApiClient.put(body, "user", user);
        ApiClient.put(body, "role", role);
        ApiClient.put(body, "expires_in", expiresIn);
        if (tags != null) {
            tags.forEach(body.withArray("tags")::add);
        }
        body.set("terms", terms());
        return api.print(api.ask("POST", "/v1/keys", body), KeyText::secret);
    }

    private JsonNode terms() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        if (models != null) {
            models.forEach(said.withArray("models")::add);
        }
        if (maxBudget != null) {
            ObjectNode budget = said.withArray("budgets").addObject().put("limit", maxBudget);
            ApiClient.put(budget, "period", period);
        } else if (period != null) {
            throw new ParameterException(spec.commandLine(), "--period goes with --max-budget");
        }
        ApiClient.put(said, "rpm_limit", rpm);
        ApiClient.put(said, "tpm_limit", tpm);
        ApiClient.put(said, "max_parallel_requests", parallel);
        if (terms == null) {
            return said;
        }
        if (!said.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--terms goes without other options about terms");
        }
        try {
            return new JsonMapper().readTree(terms);
        } catch (JsonProcessingException none) {
            throw new ParameterException(spec.commandLine(), "--terms is no JSON");
        }
    }
}
