package dev.laneway.runtime.control;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys, teams, users and whatever else has terms, as the control topic and the config in force have them. The topic's terms of a holder stand
 * in place of the file's. Written by one thread, read on any: a reader sees each entity whole, old or new.
 */
public final class Directory {
    /** The owner of what the master key asks; nothing is given to it. */
    private static final String MASTER = "master";

    private final Map<String, Control.Key> keys = new ConcurrentHashMap<>();
    private final Map<String, String> keyIds = new ConcurrentHashMap<>();
    private final Map<String, Control.Team> teams = new ConcurrentHashMap<>();
    private final Map<String, Control.User> users = new ConcurrentHashMap<>();
    private final Map<HolderName, Control.Purse> purses = new ConcurrentHashMap<>();
    private final Map<String, Control.Template> templates = new ConcurrentHashMap<>();
    private final Map<String, Control.Silence> silences = new ConcurrentHashMap<>();
    private final List<Consumer<Control>> listeners = new CopyOnWriteArrayList<>();
    private volatile OfFile ofFile = new OfFile(Map.of(), Map.of(), Map.of(), Terms.NONE, name -> true, id -> true);

    private record HolderName(Scope scope, String id) {}

    /**
     * What a config has.
     *
     * @param everyKey what keys are given that don't say it themselves
     * @param models whether calls cost a model of a name
     * @param deployments whether there is one of an id
     */
    private record OfFile(
            Map<String, FileKey> byDigest,
            Map<String, FileKey> byOwner,
            Map<HolderName, Holder> holders,
            Terms everyKey,
            Predicate<String> models,
            Predicate<String> deployments) {}

    /** A key of the topic by the digest of its secret, or of the one before it while that still opens; deleted ones are not found. */
    public Control.@Nullable Key byDigest(String sha256, long now) {
        String id = keyIds.get(sha256);
        Control.Key key = id == null ? null : keys.get(id);
        if (key == null || key.deleted()) {
            return null;
        }
        boolean current = key.sha256().equals(sha256);
        boolean previous = sha256.equals(key.previousSha256()) && now < key.previousUntil();
        return current || previous ? key : null;
    }

    /** A key of the file by the digest of its secret. */
    public @Nullable FileKey fileKey(String sha256) {
        return ofFile.byDigest.get(sha256);
    }

    /** A key of the topic, deleted ones among them. */
    public Control.@Nullable Key key(String id) {
        return keys.get(id);
    }

    /** A team, deleted ones among them. */
    public Control.@Nullable Team team(String id) {
        return teams.get(id);
    }

    /** A user, deleted ones among them. */
    public Control.@Nullable User user(String id) {
        return users.get(id);
    }

    /** Terms of a user in a team, a tag, model, provider, deployment or everything, as the topic has them, deleted ones among them. */
    public Control.@Nullable Purse purse(Scope scope, String id) {
        return purses.get(new HolderName(scope, id));
    }

    /** Terms with a name, deleted ones among them. */
    public Control.@Nullable Template template(String id) {
        return templates.get(id);
    }

    /** All keys of the topic, deleted ones among them. */
    public Collection<Control.Key> keys() {
        return List.copyOf(keys.values());
    }

    public Collection<Control.Team> teams() {
        return List.copyOf(teams.values());
    }

    public Collection<Control.User> users() {
        return List.copyOf(users.values());
    }

    public Collection<Control.Purse> purses() {
        return List.copyOf(purses.values());
    }

    public Collection<Control.Template> templates() {
        return List.copyOf(templates.values());
    }

    /** For how long nobody is told of which alerts; what is over among them. */
    public Collection<Control.Silence> silences() {
        return List.copyOf(silences.values());
    }

    /** One of them; over or not. */
    public Control.@Nullable Silence silence(String id) {
        return silences.get(id);
    }

    /** One by which nobody is told of an alert now, epoch milliseconds; null where there is none. */
    public Control.@Nullable Silence silence(String kind, String subject, long now) {
        for (Control.Silence silence : silences.values()) {
            if (silence.holds(kind, subject, now)) {
                return silence;
            }
        }
        return null;
    }

    /** The keys of the file. */
    public Collection<FileKey> fileKeys() {
        return ofFile.byOwner.values();
    }

    /** Whether calls cost a model of that name, as far as the config in force tells; true before the first. */
    public boolean isModel(String name) {
        return ofFile.models.test(name);
    }

    /** Whether there is a deployment of that id, as far as the config in force tells; true before the first. */
    public boolean isDeployment(String id) {
        return ofFile.deployments.test(id);
    }

    /** Every holder that has terms, each once. */
    public List<Holder> holders() {
        Map<HolderName, Holder> all = new LinkedHashMap<>(ofFile.holders);
        ofFile.byOwner
                .values()
                .forEach(key -> add(all, new Holder(Scope.KEY, key.owner(), terms(Scope.KEY, key.owner()))));
        purses.values().stream()
                .filter(purse -> !purse.deleted())
                .forEach(purse -> add(all, new Holder(purse.scope(), purse.id(), purse.terms())));
        teams.values().stream()
                .filter(team -> !team.deleted())
                .forEach(team -> add(all, new Holder(Scope.TEAM, team.id(), team.terms())));
        users.values().stream()
                .filter(user -> !user.deleted())
                .forEach(user -> add(all, new Holder(Scope.USER, user.id(), user.terms())));
        keys.values().stream()
                .filter(key -> !key.deleted())
                .forEach(key -> add(all, new Holder(Scope.KEY, key.id(), terms(Scope.KEY, key.id()))));
        return List.copyOf(all.values());
    }

    /** Whoever has terms among everything, a key and who pays beside it, in that order; not the model's, provider's and deployment's. */
    public List<Holder> payers(String owner, @Nullable Payer payer) {
        List<Holder> found = new ArrayList<>(2);
        find(Scope.GLOBAL, Scope.ALL, found);
        find(Scope.KEY, owner, found);
        if (payer != null) {
            if (payer.team() != null) {
                find(Scope.TEAM, payer.team(), found);
            }
            if (payer.user() != null) {
                find(Scope.USER, payer.user(), found);
            }
            if (payer.team() != null && payer.user() != null) {
                find(Scope.MEMBER, Scope.member(payer.team(), payer.user()), found);
            }
            payer.tags().forEach(tag -> find(Scope.TAG, tag, found));
        }
        return found;
    }

    /** Whoever has terms of what a call goes to. */
    public List<Holder> targets(String model, String provider, String deployment) {
        List<Holder> found = new ArrayList<>(0);
        find(Scope.MODEL, model, found);
        providers(provider).forEach(name -> find(Scope.PROVIDER, name, found));
        find(Scope.DEPLOYMENT, deployment, found);
        return found;
    }

    /**
     * The names by which a provider has terms: a row's that calls a vendor's models by another API is held to that vendor's too.
     *
     * @param provider a row's name
     */
    public static List<String> providers(String provider) {
        String vendor = ProviderCatalogue.vendor(provider);
        return vendor.equals(provider) ? List.of(provider) : List.of(vendor, provider);
    }

    /** The terms of a holder; {@link Terms#NONE} where it has none. */
    public Terms terms(Scope scope, String id) {
        return switch (scope) {
            case KEY -> {
                Control.Key key = keys.get(id);
                FileKey file = ofFile.byOwner.get(id);
                Terms own = key != null && !key.deleted() ? terms(key) : file == null ? Terms.NONE : file.terms();
                yield id.equals(MASTER) ? own : own.filledFrom(ofFile.everyKey);
            }
            case TEAM -> {
                Control.Team team = teams.get(id);
                yield team == null || team.deleted() ? Terms.NONE : team.terms();
            }
            case USER -> {
                Control.User user = users.get(id);
                yield user == null || user.deleted() ? Terms.NONE : user.terms();
            }
            case GLOBAL, MEMBER, TAG, MODEL, PROVIDER, DEPLOYMENT -> {
                HolderName name = new HolderName(scope, id);
                Control.Purse purse = purses.get(name);
                Holder file = ofFile.holders.get(name);
                yield purse != null && !purse.deleted() ? purse.terms() : file == null ? Terms.NONE : file.terms();
            }
        };
    }

    /** What a key is held to by itself and by the template that it refers to, deleted or not; the file's terms for every key are not among them. */
    public Terms terms(Control.Key key) {
        Control.Template template = key.template() == null ? null : templates.get(key.template());
        return template == null ? key.terms() : key.terms().filledFrom(template.terms());
    }

    /** Called with each entity that changed, on the thread that writes; it must not wait. */
    public void onChange(Consumer<Control> listener) {
        listeners.add(listener);
    }

    /** Takes a key that the topic has. An older version than the one here is passed over. */
    public void put(Control.Key key) {
        Control.Key before = keys.get(key.id());
        if (before != null && before.version() >= key.version()) {
            return;
        }
        keys.put(key.id(), key);
        keyIds.put(key.sha256(), key.id());
        if (key.previousSha256() != null) {
            keyIds.put(key.previousSha256(), key.id());
        }
        if (before != null
                && !before.sha256().equals(key.sha256())
                && !before.sha256().equals(key.previousSha256())) {
            keyIds.remove(before.sha256(), key.id());
        }
        changed(key);
    }

    public void put(Control.Team team) {
        if (isNewer(teams.get(team.id()), team)) {
            teams.put(team.id(), team);
            changed(team);
        }
    }

    public void put(Control.User user) {
        if (isNewer(users.get(user.id()), user)) {
            users.put(user.id(), user);
            changed(user);
        }
    }

    public void put(Control.Purse purse) {
        HolderName name = new HolderName(purse.scope(), purse.id());
        if (isNewer(purses.get(name), purse)) {
            purses.put(name, purse);
            changed(purse);
        }
    }

    public void put(Control.Template template) {
        if (isNewer(templates.get(template.id()), template)) {
            templates.put(template.id(), template);
            changed(template);
        }
    }

    public void put(Control.Silence silence) {
        if (isNewer(silences.get(silence.id()), silence)) {
            silences.put(silence.id(), silence);
            changed(silence);
        }
    }

    /** Takes what a config in force has, in place of what the one before had. */
    public void put(GatewayConfig config) {
        Map<String, FileKey> byDigest = new HashMap<>();
        Map<String, FileKey> byOwner = new HashMap<>();
        Map<HolderName, Holder> holders = new LinkedHashMap<>();
        for (FileKey key : config.keys()) {
            byDigest.put(key.sha256(), key);
            byOwner.put(key.owner(), key);
        }
        Terms everyKey = Terms.NONE;
        for (Holder holder : config.holders()) {
            if (holder.scope() == Scope.KEY && holder.id().equals(Holder.EVERY_KEY)) {
                everyKey = holder.terms();
            } else {
                holders.put(new HolderName(holder.scope(), holder.id()), holder);
            }
        }
        ofFile = new OfFile(
                Map.copyOf(byDigest),
                Map.copyOf(byOwner),
                Map.copyOf(holders),
                everyKey,
                config::isModel,
                config.deployments()::containsKey);
    }

    private void find(Scope scope, String id, List<Holder> found) {
        Terms terms = terms(scope, id);
        if (!terms.equals(Terms.NONE)) {
            found.add(new Holder(scope, id, terms));
        }
    }

    private static void add(Map<HolderName, Holder> all, Holder holder) {
        HolderName name = new HolderName(holder.scope(), holder.id());
        if (holder.terms().equals(Terms.NONE)) {
            all.remove(name);
        } else {
            all.put(name, holder);
        }
    }

    private void changed(Control entity) {
        listeners.forEach(listener -> listener.accept(entity));
    }

    private static boolean isNewer(@Nullable Control before, Control now) {
        return before == null || now.version() > before.version();
    }
}
