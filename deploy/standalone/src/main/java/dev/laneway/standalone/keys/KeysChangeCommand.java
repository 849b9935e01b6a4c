package dev.laneway.standalone.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is done to a key that is there: {@code keys block}, {@code unblock} and {@code delete}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class KeysChangeCommand implements Callable<Integer> {
    @Mixin
    private NamedKey key;

    @Mixin
    private ApiClient api;

    /** Asks for it. */
    abstract JsonNode change(ApiClient client, String path) throws Exception;

    @Override
    public Integer call() throws Exception {
        return api.print(change(api, key.path(api)), KeyText::line);
    }

    static JsonNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@code keys block}. */
    @Command(
            name = "block",
            description = "Blocks a key: it opens nothing until it is unblocked. In force everywhere within a second.",
            mixinStandardHelpOptions = true)
    static final class Block extends KeysChangeCommand {
        @Override
        JsonNode change(ApiClient client, String path) throws Exception {
            return client.ask("POST", path + "/block", nothing());
        }
    }

    /** {@code keys unblock}. */
    @Command(name = "unblock", description = "Unblocks a key.", mixinStandardHelpOptions = true)
    static final class Unblock extends KeysChangeCommand {
        @Override
        JsonNode change(ApiClient client, String path) throws Exception {
            return client.ask("POST", path + "/unblock", nothing());
        }
    }

    /** {@code keys delete}. */
    @Command(name = "delete", description = "Deletes a key for good.", mixinStandardHelpOptions = true)
    static final class Delete extends KeysChangeCommand {
        @Override
        JsonNode change(ApiClient client, String path) throws Exception {
            return client.ask("DELETE", path, null);
        }
    }
}
