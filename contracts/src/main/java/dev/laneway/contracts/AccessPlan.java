package dev.laneway.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who may do what at the broker; whatever is not here is refused. It is the fourth fence: it holds where config, router and worker
 * all fail. Nobody who works for zone cloud has a word about anything that begins with {@code lw.local.}, not even that it exists;
 * and nobody who works for zone local may write where workers of the cloud read.
 *
 * <p>Topics are made by accounting alone, by {@code TopicPlan}, which never makes {@code lw.local.attempts} of a cloud account.
 */
public final class AccessPlan {
    private AccessPlan() {}

    /** What a rule is about. */
    public enum Kind {
        TOPIC,
        GROUP
    }

    /** The broker's own words. To read, write or delete something includes to see it. */
    public enum Right {
        READ,
        WRITE,
        CREATE,
        DELETE,
        DESCRIBE
    }

    /**
     * One rule.
     *
     * @param name of a topic or group, or what it begins with
     * @param prefix whether it is what it begins with
     */
    public record Rule(Principal principal, Kind kind, String name, boolean prefix, Set<Right> rights) {
        public Rule {
            Objects.requireNonNull(principal, "principal");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            rights = Set.copyOf(rights);
        }
    }

    /** All rules; {@link Principal#ADMIN} has none, because it is the broker's super user. */
    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        accounting(rules);
        for (Zone zone : Zone.values()) {
            ingress(rules, zone);
            router(rules, Principal.router(zone), zone);
            worker(rules, Principal.worker(zone), zone);
        }
        rules.add(topic(Principal.INGRESS, Topics.USAGE, Right.WRITE, Right.READ));
        rules.add(topic(Principal.INGRESS, Topics.COMMANDS, Right.WRITE));
        rules.add(topic(Principal.INGRESS, Topics.REFUSALS, Right.READ));
        for (Principal principal : Principal.values()) {
            if (principal != Principal.ADMIN && principal != Principal.ACCOUNTING) {
                rules.add(topic(principal, Topics.CONTROL, Right.READ));
            }
        }
        return List.copyOf(rules);
    }

    private static void accounting(List<Rule> rules) {
        Principal who = Principal.ACCOUNTING;
        rules.add(new Rule(who, Kind.TOPIC, "lw.", true, Set.of(Right.CREATE, Right.DESCRIBE)));
        rules.add(topic(who, Topics.CONTROL, Right.READ, Right.WRITE));
        rules.add(topic(who, Topics.USAGE, Right.READ));
        rules.add(topic(who, Topics.COMMANDS, Right.READ));
        // read too: what another accounting has refused it does not do
        rules.add(topic(who, Topics.REFUSALS, Right.WRITE, Right.READ));
        rules.add(new Rule(who, Kind.GROUP, Groups.ACCOUNTING, false, Set.of(Right.READ, Right.DELETE)));
        // how far the workers are in a new epoch of Redis, before it may be told what is spent
        for (Zone zone : Zone.values()) {
            rules.add(new Rule(who, Kind.GROUP, Groups.workers(zone), false, Set.of(Right.DESCRIBE)));
        }
    }

    private static void ingress(List<Rule> rules, Zone zone) {
        Principal who = Principal.INGRESS;
        // what it is asked about later it reads again: requests under way, facts, answers
        rules.add(topics(who, zone, "requests", Right.WRITE, Right.READ));
        rules.add(topic(who, Topics.bodies(zone), Right.WRITE, Right.READ));
        rules.add(topic(who, Topics.signals(zone), Right.WRITE));
        rules.add(topic(who, Topics.replies(zone), Right.READ));
    }

    private static void router(List<Rule> rules, Principal who, Zone zone) {
        rules.add(topics(who, zone, "requests", Right.READ));
        rules.add(topics(who, zone, "failures", Right.READ));
        rules.add(new Rule(who, Kind.GROUP, Groups.routers(zone), false, Set.of(Right.READ)));
        rules.add(topic(who, Topics.signals(zone), Right.READ));
        rules.add(topic(who, Topics.HEALTH, Right.READ));
        // read too: what a router before it has published it does not publish again
        rules.add(topics(who, zone, "attempts", Right.WRITE, Right.READ));
        rules.add(topic(who, Topics.replies(zone), Right.WRITE));
        rules.add(topics(who, zone, "dead", Right.WRITE));
        rules.add(topic(who, Topics.USAGE, Right.WRITE, Right.READ));
    }

    private static void worker(List<Rule> rules, Principal who, Zone zone) {
        rules.add(topics(who, zone, "attempts", Right.READ));
        rules.add(new Rule(who, Kind.GROUP, Groups.workers(zone), false, Set.of(Right.READ)));
        rules.add(topic(who, Topics.signals(zone), Right.READ));
        rules.add(topic(who, Topics.bodies(zone), Right.READ));
        // read too: what a worker before it has told before it died
        rules.add(topics(who, zone, "failures", Right.WRITE, Right.READ));
        rules.add(topic(who, Topics.replies(zone), Right.WRITE, Right.READ));
        rules.add(topics(who, zone, "dead", Right.WRITE));
        rules.add(topic(who, Topics.USAGE, Right.WRITE, Right.READ));
        rules.add(topic(who, Topics.HEALTH, Right.WRITE));
    }

    private static Rule topic(Principal who, String name, Right... rights) {
        return new Rule(who, Kind.TOPIC, name, false, Set.of(rights));
    }

    /** Of a kind that has a topic for each lane, and some for each account. */
    private static Rule topics(Principal who, Zone zone, String kind, Right... rights) {
        return new Rule(who, Kind.TOPIC, "lw." + zone.id() + "." + kind + ".", true, Set.of(rights));
    }
}
