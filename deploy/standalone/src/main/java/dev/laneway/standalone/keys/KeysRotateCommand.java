package dev.laneway.standalone.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys rotate}. */
@Command(
        name = "rotate",
        description = "Gives a key another secret, and prints it. It is shown this once.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    private NamedKey key;

    @Option(
            names = "--grace",
            description = "How long the secret of before still opens, such as 24h. Default: not at all.")
    private @Nullable String grace;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ApiClient.put(body, "grace", grace);
        return api.print(api.ask("POST", key.path(api) + "/rotate", body), KeyText::secret);
    }
}
