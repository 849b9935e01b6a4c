package dev.laneway.standalone.serve;

import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.standalone.cli.StartFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom a role works at the broker. Every role may be given everybody's passwords, and takes its own; one that is given those of one
 * zone works for that zone alone, and says so.
 */
final class RoleLogins {
    private static final Logger LOG = LoggerFactory.getLogger(RoleLogins.class);

    private RoleLogins() {}

    /** Whom a role can be. */
    static List<Principal> of(RunCommand.RoleName role) {
        return switch (role) {
            case INGRESS -> List.of(Principal.INGRESS);
            case ROUTER_WORKER -> List.of(Principal.ROUTER_LOCAL, Principal.ROUTER_CLOUD);
            case PROVIDER_WORKERS -> List.of(Principal.WORKER_LOCAL, Principal.WORKER_CLOUD);
            case ACCOUNTING -> List.of(Principal.ACCOUNTING);
        };
    }

    /** Fails where a role alone can be none of them. */
    static void require(RunCommand.RoleName role, KafkaAccess kafka) throws StartFailed {
        if (of(role).stream().noneMatch(kafka::has)) {
            throw new StartFailed("the broker asks for passwords, and " + role + " has none of its own: set "
                    + of(role).stream().map(KafkaEnvironment::passwordOf).collect(Collectors.joining(" or ")));
        }
    }

    /** Fails where one of the roles in one process can't do its part. */
    static void requireAll(KafkaAccess kafka) throws StartFailed {
        for (RunCommand.RoleName role : RunCommand.RoleName.values()) {
            for (Principal principal : of(role)) {
                if (!kafka.has(principal)) {
                    throw new StartFailed("the broker asks for passwords, and " + role + " lacks one: set "
                            + KafkaEnvironment.passwordOf(principal));
                }
            }
        }
    }

    /** Whose work a role alone takes that is somebody of its own for each zone. */
    static Set<Zone> zones(RunCommand.RoleName role, KafkaAccess kafka, Function<Zone, Principal> principal) {
        Set<Zone> zones = kafka.zones(principal);
        for (Zone zone : Zone.values()) {
            if (!zones.contains(zone)) {
                LOG.warn(
                        "{} leaves zone {} to others: {} is not set",
                        role,
                        zone.id(),
                        KafkaEnvironment.passwordOf(principal.apply(zone)));
            }
        }
        return zones;
    }

    /** As whom the process looks a request up: who sees all, else as what it is. */
    static List<Principal> looking(List<Principal> itself) {
        List<Principal> looking = new ArrayList<>(List.of(Principal.ADMIN));
        looking.addAll(itself);
        return looking;
    }
}
