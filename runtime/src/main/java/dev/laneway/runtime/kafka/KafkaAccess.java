package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.SecretText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The broker, and as whom this process may log in to it. A process that has no login of its own kind can't do that work: whoever holds
 * only the cloud's can't even read what is local.
 *
 * @param servers {@code host:port}, comma-separated
 * @param security client properties of TLS and SASL that are the same for all
 * @param logins by principal; empty where there is one identity for all, or none
 */
public record KafkaAccess(String servers, Map<String, String> security, Map<Principal, Login> logins) {
    /** What a user of the broker needs to say. */
    public record Login(String user, SecretText password) {
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }
    }

    public KafkaAccess {
        Objects.requireNonNull(servers, "servers");
        security = Map.copyOf(security);
        logins = Map.copyOf(logins);
    }

    /** To a broker that asks nobody who he is. */
    public static KafkaAccess plain(String servers) {
        return new KafkaAccess(servers, Map.of(), Map.of());
    }

    /** Whether this process may be that one. */
    public boolean has(Principal principal) {
        return logins.isEmpty() || logins.containsKey(principal);
    }

    /** The zones for which it may be that one, in order. */
    public Set<Zone> zones(Function<Zone, Principal> principal) {
        Set<Zone> zones = new LinkedHashSet<>();
        for (Zone zone : Zone.values()) {
            if (has(principal.apply(zone))) {
                zones.add(zone);
            }
        }
        return zones;
    }

    /** Clients as one of them. @throws IllegalStateException where {@link #has} is false, which is to be asked at the start */
    public KafkaSettings as(Principal principal) {
        if (logins.isEmpty()) {
            return new KafkaSettings(servers, "", security);
        }
        Login login = logins.get(principal);
        if (login == null) {
            throw new IllegalStateException("this process has no login at the broker as " + principal.id());
        }
        Map<String, String> config = new HashMap<>(security);
        config.put(KafkaLogin.JAAS, KafkaLogin.jaas(security.getOrDefault(KafkaLogin.MECHANISM, ""), login));
        return new KafkaSettings(servers, login.user(), config);
    }

    /** As the first of several that this process may be. */
    public KafkaSettings asFirstOf(List<Principal> principals) {
        return as(principals.stream()
                .filter(this::has)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "this process has no login at the broker as any of " + names(principals))));
    }

    /** The same broker at another address. */
    public KafkaAccess at(String otherServers) {
        return new KafkaAccess(otherServers, security, logins);
    }

    /** Only as some. */
    public KafkaAccess only(Set<Principal> principals) {
        Map<Principal, Login> some = new LinkedHashMap<>(logins);
        some.keySet().retainAll(principals);
        return new KafkaAccess(servers, security, some);
    }

    private static List<String> names(List<Principal> principals) {
        return principals.stream().map(Principal::id).toList();
    }

    /** Leaves the passwords out. */
    @Override
    public String toString() {
        return "KafkaAccess[" + servers + ", " + logins.keySet() + "]";
    }
}
