package dev.laneway.services;

import dev.laneway.contracts.AccessPlan;
import dev.laneway.contracts.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/** {@link AccessPlan} in the words of Kafka, for any broker. */
public final class KafkaAcls {
    private static final String ANY_HOST = "*";

    private KafkaAcls() {}

    /** What has to change. */
    public record Change(List<AclBinding> missing, List<AclBinding> stale) {
        public Change {
            missing = List.copyOf(missing);
            stale = List.copyOf(stale);
        }
    }

    /** @param user the broker's name for each, without {@code User:} */
    public static List<AclBinding> of(Function<Principal, String> user) {
        List<AclBinding> bindings = new ArrayList<>();
        for (AccessPlan.Rule rule : AccessPlan.rules()) {
            ResourcePattern resource = new ResourcePattern(
                    switch (rule.kind()) {
                        case TOPIC -> ResourceType.TOPIC;
                        case GROUP -> ResourceType.GROUP;
                    },
                    rule.name(),
                    rule.prefix() ? PatternType.PREFIXED : PatternType.LITERAL);
            String principal = principal(user.apply(rule.principal()));
            for (AccessPlan.Right right : rule.rights()) {
                bindings.add(new AclBinding(
                        resource,
                        new AccessControlEntry(principal, ANY_HOST, operation(right), AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    /**
     * Rules of our users that the plan doesn't have are stale; those of others are none of our business, and those of the admin, who may
     * need some where he is no super user, are his own.
     */
    public static Change change(Function<Principal, String> user, Iterable<AclBinding> existing) {
        Set<AclBinding> missing = new HashSet<>(of(user));
        Set<String> ours = new HashSet<>();
        for (Principal principal : Principal.values()) {
            if (principal != Principal.ADMIN) {
                ours.add(principal(user.apply(principal)));
            }
        }
        Set<AclBinding> wanted = Set.copyOf(missing);
        List<AclBinding> stale = new ArrayList<>();
        for (AclBinding binding : existing) {
            if (!missing.remove(binding)
                    && !wanted.contains(binding)
                    && ours.contains(binding.entry().principal())) {
                stale.add(binding);
            }
        }
        return new Change(List.copyOf(missing), stale);
    }

    private static String principal(String user) {
        return KafkaPrincipal.USER_TYPE + ":" + user;
    }

    private static AclOperation operation(AccessPlan.Right right) {
        return switch (right) {
            case READ -> AclOperation.READ;
            case WRITE -> AclOperation.WRITE;
            case CREATE -> AclOperation.CREATE;
            case DELETE -> AclOperation.DELETE;
            case DESCRIBE -> AclOperation.DESCRIBE;
        };
    }
}
