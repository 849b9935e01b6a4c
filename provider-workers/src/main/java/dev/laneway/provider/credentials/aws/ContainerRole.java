package dev.laneway.provider.credentials.aws;

import dev.laneway.provider.credentials.KeyResolver;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of the role of an ECS task or an EKS pod, at the address that its environment names ("Container credential provider", AWS SDKs
 * and Tools Reference Guide). Keys travel unencrypted only from this machine and from the addresses that AWS has for it.
 */
final class ContainerRole {
    private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private static final String ECS = "http://169.254.170.2";
    private static final Set<String> KNOWN = Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Environment environment;
    private final Wire wire;

    ContainerRole(Environment environment, Wire wire) {
        this.environment = environment;
        this.wire = wire;
    }

    Asked ask(KeyResolver keys) {
        String relative = environment.get(RELATIVE);
        String full = environment.get(FULL);
        if (relative == null && full == null) {
            return new Asked.Absent();
        }
        String named = relative == null ? FULL : RELATIVE;
        try {
            URI address = URI.create(relative == null ? String.valueOf(full).strip() : ECS + relative.strip());
            if (!mayBeAsked(address)) {
                return new Asked.Failed(named + " is neither https nor an address of a container's keys");
            }
            Map<String, String> headers = new HashMap<>();
            headers.put("accept", "application/json");
            if (tokenIsStated()) {
                Optional<String> token = token(keys);
                if (token.isEmpty()) {
                    return new Asked.Failed("the token for " + named + " can't be read");
                }
                headers.put("authorization", token.get());
            }
            Wire.Answer answer = wire.send("GET", address, headers, new byte[0], PATIENCE);
            return Issued.read(answer.ok() ? answer.body() : "")
                    .<Asked>map(Asked.Got::new)
                    .orElseGet(() -> new Asked.Failed("the address of the container's keys answered " + answer.status()
                            + (answer.ok() ? " and no keys" : "")));
        } catch (IOException away) {
            return new Asked.Failed("the address of the container's keys can't be reached");
        } catch (IllegalArgumentException malformed) {
            return new Asked.Failed(named + " is no address");
        }
    }

    private static boolean mayBeAsked(URI address) {
        String host = address.getHost();
        if (host == null) {
            return false;
        }
        boolean loopback = host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
        return "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && (loopback || KNOWN.contains(host)));
    }

    private boolean tokenIsStated() {
        return environment.get(TOKEN + "_FILE") != null || environment.get(TOKEN) != null;
    }

    /** The file goes before, since it is written anew. */
    private Optional<String> token(KeyResolver keys) {
        String file = environment.get(TOKEN + "_FILE");
        return keys.find(file == null ? new SecretRef.Env(TOKEN) : new SecretRef.File(Path.of(file)))
                .map(SecretText::reveal)
                .filter(text -> text.chars().noneMatch(c -> c == '\r' || c == '\n'));
    }
}
