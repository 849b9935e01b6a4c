package dev.laneway.provider.credentials.aws;

import dev.laneway.runtime.config.Environment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Keys of the role of an EC2 instance, by its metadata service, version 2 only ("Use the Instance Metadata Service", EC2 user guide): a
 * token is put, then the role's name and its keys are got by it. {@code AWS_EC2_METADATA_DISABLED}, {@code
 * AWS_EC2_METADATA_SERVICE_ENDPOINT} and {@code ..._ENDPOINT_MODE} work as in AWS's own tools.
 */
final class MachineRole {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    /** Whoever is asked is beside this machine, or nobody is. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Environment environment;
    private final Wire wire;

    MachineRole(Environment environment, Wire wire) {
        this.environment = environment;
        this.wire = wire;
    }

    Asked ask() {
        if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
            return new Asked.Absent();
        }
        String base = base();
        try {
            Wire.Answer token = wire.send(
                    "PUT",
                    URI.create(base + "/latest/api/token"),
                    Map.of("x-aws-ec2-metadata-token-ttl-seconds", "21600"),
                    new byte[0],
                    PATIENCE);
            if (!token.ok() || token.body().isBlank()) {
                return new Asked.Failed("the machine's metadata service answered " + token.status() + " to a token");
            }
            Map<String, String> by =
                    Map.of("x-aws-ec2-metadata-token", token.body().strip());
            Wire.Answer roles = wire.send("GET", URI.create(base + ROLES), by, new byte[0], PATIENCE);
            String role = roles.body().lines().findFirst().orElse("").strip();
            if (roles.status() == 404 || (roles.ok() && role.isEmpty())) {
                return new Asked.Failed("the machine has no role");
            }
            if (!roles.ok() || !role.matches("[\\w+=,.@-]{1,128}")) {
                return new Asked.Failed("the machine's metadata service answered " + roles.status() + " for its role");
            }
            Wire.Answer keys = wire.send("GET", URI.create(base + ROLES + role), by, new byte[0], PATIENCE);
            return Issued.read(keys.ok() ? keys.body() : "")
                    .<Asked>map(Asked.Got::new)
                    .orElseGet(() -> new Asked.Failed("the machine's metadata service answered " + keys.status()
                            + " and no keys for its role " + role));
        } catch (IOException away) {
            return new Asked.Absent();
        } catch (IllegalArgumentException malformed) {
            return new Asked.Failed("AWS_EC2_METADATA_SERVICE_ENDPOINT is no address");
        }
    }

    private String base() {
        String stated = environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        if (stated != null) {
            return stated.replaceAll("/+$", "");
        }
        return "ipv6".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"))
                ? "http://[fd00:ec2::254]"
                : "http://169.254.169.254";
    }
}
