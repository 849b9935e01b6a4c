package dev.laneway.standalone.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.standalone.cli.StartFailed;
import dev.laneway.standalone.client.ApiClient;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** The key that a command is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class NamedKey {
    private static final String KEYS = "/v1/keys";

    @Parameters(paramLabel = "KEY", description = "The key's id, alias or secret.")
    private String named;

    /**
     * Path of a key by its id, digest, secret or alias. Of a secret only the digest goes on its way, so what may be one that somebody chose is
     * looked up as such before it is taken for an alias.
     */
    String path(ApiClient api) throws IOException, InterruptedException, StartFailed {
        if (named.matches("key_[0-9][0-9a-z]*|[0-9a-f]{64}")) {
            return KEYS + "/" + ApiClient.encode(named);
        }
        String bySecret = KEYS + "/" + FileKey.digest(named);
        if (named.startsWith("sk-") || api.isThere(bySecret)) {
            return bySecret;
        }
        JsonNode found = api.ask("GET", KEYS + "?limit=1&alias=" + ApiClient.encode(named), null)
                .path("data")
                .path(0);
        if (!found.hasNonNull("id")) {
            throw new StartFailed("no key has this id, secret or alias");
        }
        return KEYS + "/" + ApiClient.encode(found.get("id").asText());
    }
}
