package dev.laneway.standalone.keys;

import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys list}. */
@Command(
        name = "list",
        description = "Lists the keys, a line each: id, state, end of the secret, alias, team, user, expiry.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysListCommand implements Callable<Integer> {
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
        return api.printList(
                "/v1/keys",
                ApiClient.parameter("team", team)
                        + ApiClient.parameter("user", user)
                        + ApiClient.parameter("alias", alias),
                KeyText::line);
    }
}
