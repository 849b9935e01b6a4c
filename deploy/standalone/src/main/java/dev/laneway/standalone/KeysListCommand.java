package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys list}. */
@Command(
        name = "list",
        description = "Lists the keys, a line each: id, state, end of the secret, alias, team, user, expiry.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--team", description = "Only of this team.")
    private @Nullable String team;

    @Option(names = "--user", description = "Only of this user.")
    private @Nullable String user;

    @Option(names = "--alias", description = "Only the one of this alias.")
    private @Nullable String alias;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = api.ask(
                    "GET",
                    "/v1/keys?limit=500" + parameter("team", team) + parameter("user", user) + parameter("alias", alias)
                            + after,
                    null);
            if (api.json()) {
                out.println(ApiClient.pretty(page));
            } else {
                page.path("data").forEach(key -> out.println(KeyText.line(key)));
            }
            more = page.path("has_more").asBoolean();
            JsonNode last = page.path("data").path(page.path("data").size() - 1);
            after = "&after=" + ApiClient.encode(last.path("id").asText());
        }
        out.flush();
        return 0;
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + ApiClient.encode(value);
    }
}
