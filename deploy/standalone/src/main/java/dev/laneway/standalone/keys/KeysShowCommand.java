package dev.laneway.standalone.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys show}. */
@Command(
        name = "show",
        description = "Shows a key with its terms, as JSON. The secret is not known to anybody but its owner.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysShowCommand implements Callable<Integer> {
    @Mixin
    private NamedKey key;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        return api.print(api.ask("GET", key.path(api), null), JsonNode::toPrettyString);
    }
}
