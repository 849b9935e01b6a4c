package dev.laneway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Digest;
import dev.laneway.runtime.config.file.Including;
import dev.laneway.runtime.config.file.KeyWalk;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.References;
import dev.laneway.runtime.config.file.SecretReader;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.lanes.RouteBuilder;
import dev.laneway.runtime.config.models.ModelListReader;
import dev.laneway.runtime.config.models.ModelTable;
import dev.laneway.runtime.config.models.RequestFields;
import dev.laneway.runtime.config.settings.Fallback;
import dev.laneway.runtime.config.settings.FallbackReader;
import dev.laneway.runtime.config.settings.KeyListReader;
import dev.laneway.runtime.config.settings.Settings;
import dev.laneway.runtime.config.settings.SettingsReader;
import dev.laneway.runtime.config.terms.HolderReader;
import dev.laneway.runtime.config.terms.TermsReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads a config file: parses, checks and names it, and tells all problems at once. Immutable; blocks only in {@link #load}. */
public final class ConfigLoader {
    private static final Set<String> BLOCKS = Set.of(
            "model_list",
            "lanes",
            "routes",
            "router_settings",
            "litellm_settings",
            "general_settings",
            "environment_variables",
            "credential_list",
            "api_keys",
            "alerts",
            "fallback_routes",
            "holders",
            "include");

    private final Providers providers;
    private final Prices prices;
    private final boolean acceptUnenforced;

    /**
     * By the catalogue of this release.
     *
     * @param acceptUnenforced {@code --accept-unenforced}: what can't be enforced is a warning, never a privacy rule
     */
    public ConfigLoader(Providers providers, boolean acceptUnenforced) {
        this(providers, Prices.of(Catalogue.builtIn()), acceptUnenforced);
    }

    /** @param prices by which dear models are told from cheap ones, and from those of which nobody knows */
    public ConfigLoader(Providers providers, Prices prices, boolean acceptUnenforced) {
        this.providers = Objects.requireNonNull(providers, "providers");
        this.prices = Objects.requireNonNull(prices, "prices");
        this.acceptUnenforced = acceptUnenforced;
    }

    /** Reads a file of at most 1 MB. A file that can't be read is a problem like others. */
    public ConfigResult load(Path file, Environment environment) {
        return judge(ConfigFile.read(file), file, environment);
    }

    /** The files that one includes, whether they are there or not; none where it is away or no YAML. */
    static List<Path> included(Path file) {
        if (!(ConfigFile.read(file) instanceof ConfigFile.Content.Present(String text))) {
            return List.of();
        }
        IncludedTexts texts = IncludedTexts.of(text, file);
        Including.read(texts.main(), file.toString(), texts, new ProblemList(file.toString(), true));
        return texts.asked();
    }

    /** What was read of a file, with all that it includes. */
    static ConfigText whole(String text, Path file) {
        IncludedTexts texts = IncludedTexts.of(text, file);
        ProblemList problems = new ProblemList(file.toString(), true);
        return new ConfigText(
                texts.main(),
                Including.read(texts.main(), file.toString(), texts, problems).included());
    }

    /** Judges what was read of a file. */
    ConfigResult judge(ConfigFile.Content content, Path file, Environment environment) {
        return switch (content) {
            case ConfigFile.Content.Present(String text) -> fromDisk(read(file, text, environment), text);
            case ConfigFile.Content.Absent(Problem why) -> new ConfigResult.Invalid(List.of(why));
            case ConfigFile.Content.Unreadable(Problem why) -> new ConfigResult.Invalid(List.of(why));
        };
    }

    /** Reads a text; problems call it {@code fileName}. */
    public ConfigResult parse(String text, String fileName, Environment environment) {
        return read(text, fileName, Including.Texts.NONE, environment).result();
    }

    /**
     * Reads a text of the control topic. Whoever published it has judged what can't be enforced by its own options, which readers need not have.
     */
    public ConfigResult parsePublished(String text, Environment environment) {
        return new ConfigLoader(providers, prices, true).parse(text, "config of the control topic", environment);
    }

    /**
     * A file as it is read, and each key that it has.
     *
     * @param keys in the order of the file; empty where it isn't YAML
     */
    public record Explained(ConfigResult result, List<KeyUse> keys) {
        public Explained {
            Objects.requireNonNull(result, "result");
            keys = List.copyOf(keys);
        }
    }

    /** As {@link #load}, and tells what becomes of each key. */
    public Explained explain(Path file, Environment environment) {
        ConfigFile.Content content = ConfigFile.read(file);
        if (!(content instanceof ConfigFile.Content.Present(String text))) {
            return new Explained(judge(content, file, environment), List.of());
        }
        return read(file, text, environment).explained();
    }

    /** As {@link #parse}, and tells what becomes of each key. */
    public Explained explain(String text, String fileName, Environment environment) {
        return read(text, fileName, Including.Texts.NONE, environment).explained();
    }

    /** @param top null where the text is no tree */
    private record Read(ConfigResult result, @Nullable Block top, List<Including.Included> included) {
        Explained explained() {
            return new Explained(result, top == null ? List.of() : KeyWalk.of(top));
        }
    }

    private static ConfigResult fromDisk(Read read, String text) {
        return switch (read.result()) {
            case ConfigResult.Valid valid ->
                valid.from(new ConfigText(ConfigText.of(text).main(), read.included()).written());
            case ConfigResult.Invalid invalid -> invalid;
        };
    }

    private Read read(Path file, String text, Environment environment) {
        IncludedTexts texts = IncludedTexts.of(text, file);
        return read(texts.main(), file.toString(), texts, environment);
    }

    private Read read(String text, String fileName, Including.Texts texts, Environment environment) {
        ProblemList problems = new ProblemList(fileName, acceptUnenforced);
        Including.Whole whole = Including.read(text, fileName, texts, problems);
        MappingNode root = whole.root();
        if (root == null) {
            return new Read(new ConfigResult.Invalid(problems.sorted()), null, List.of());
        }
        Reading reading = reading(root, problems, environment);
        ConfigResult result = read(root, reading);
        return new Read(result, Block.top(root, reading), whole.included());
    }

    private ConfigResult read(MappingNode root, Reading reading) {
        ProblemList problems = reading.problems();
        Block top = Block.top(root, reading);
        FallbackReader fallbackReader = new FallbackReader(reading);
        TermsReader terms = new TermsReader(reading);
        HolderReader holders = new HolderReader(reading, terms);
        KeyListReader keys = new KeyListReader(reading, terms);
        SettingsReader settingsReader = new SettingsReader(reading, fallbackReader, keys, holders);
        Settings settings = settingsReader.read(top, this::defaults);
        AlertSettings alerts = settingsReader.alerts();
        fallbackReader.readAll(top);
        ModelTable models =
                new ModelListReader(reading, providers, prices, settings, fallbackReader, terms, holders).read(top);
        List<Fallback> fallbacks = fallbackReader.found();
        RouteBuilder.Routing routing = new RouteBuilder(reading, models, settings, fallbacks).build(top);
        checkAllowed(keys, routing, reading);
        HolderRules rules = new HolderRules(providers, holders, models, routing, problems);
        rules.check(terms.lanes());
        Map<String, Deployment> deployments = reading.problems().refused() ? Map.of() : deployments(models, routing);
        List<Holder> inForce = rules.inForce(deployments);
        leftovers(top, reading);
        if (problems.refused()) {
            return new ConfigResult.Invalid(problems.sorted());
        }
        String text = CanonicalText.of(models.json(), settings, fallbacks, routing.json(), holders.holders(), alerts);
        if (text.getBytes(StandardCharsets.UTF_8).length > CanonicalText.MOST_BYTES) {
            problems.error(Place.FILE, "is too large to be published", "use patterns in place of lists of models");
            return new ConfigResult.Invalid(problems.sorted());
        }
        GatewayConfig config = new GatewayConfig(
                Digest.hex(12, text),
                deployments,
                groups(models, routing),
                routing.lanes(),
                routing.routes(),
                settings.router(),
                settings.limits(),
                settings.exposeModels(),
                settings.masterKey(),
                settings.keys(),
                inForce,
                alerts,
                settings.trustedProxies());
        return new ConfigResult.Valid(
                config, problems.sorted(), text, reading.secrets().literals(), null);
    }

    /** {@code environment_variables} first: everything else may refer to it. */
    private static Reading reading(MappingNode root, ProblemList problems, Environment environment) {
        References outside = new References(environment, Map.of());
        Reading before = new Reading(problems, outside, new SecretReader(problems, outside));
        Map<String, String> ofTheFile = new HashMap<>();
        Block variables = Block.top(root, before).block("environment_variables");
        if (variables != null) {
            variables.entries().forEach((name, value) -> {
                String raw = value.raw(before);
                if (raw != null && outside.resolve(raw) instanceof References.Resolved.Value(String text)) {
                    ofTheFile.put(name, text);
                }
            });
        }
        References references = new References(environment, ofTheFile);
        return new Reading(problems, references, new SecretReader(problems, references));
    }

    private Map<String, JsonNode> defaults(Block block, String name) {
        var fields = RequestFields.take(block);
        KnownKeys known = new KnownKeys(block.reading());
        known.withoutEffect(block, name, "only request fields can be set for all deployments");
        known.leftInLiteLlms(block, name);
        return fields;
    }

    /** A key that is allowed what isn't there may be allowed less than was meant. */
    private static void checkAllowed(KeyListReader keys, RouteBuilder.Routing routing, Reading reading) {
        if (reading.problems().refused()) {
            return;
        }
        for (Text name : keys.models()) {
            Wildcard pattern = Wildcard.of(name.value());
            boolean there = routing.routes().keySet().stream()
                    .anyMatch(route -> route.equals(name.value())
                            || (pattern != null && pattern.part(route) != null)
                            || fits(route, name.value()));
            if (!there) {
                reading.problems()
                        .warn(
                                name.place(),
                                "clients can call nothing of the name " + name.value(),
                                () -> Spelling.didYouMean(
                                        name.value(), routing.routes().keySet(), "remove it"));
            }
        }
    }

    static boolean fits(String route, String name) {
        Wildcard pattern = Wildcard.of(route);
        return pattern != null && pattern.part(name) != null;
    }

    /** A misspelt block would be a rule that isn't there. */
    private static void leftovers(Block top, Reading reading) {
        top.take("environment_variables");
        top.take("include");
        top.rest().forEach((key, value) -> {
            String meant = KnownKeys.reason("file", key) == null ? Spelling.nearest(key, BLOCKS) : null;
            if (meant != null) {
                top.take(key);
                reading.problems().error(value.place(), "unknown key", "did you mean " + meant + "?");
            }
        });
        new KnownKeys(reading).leftInLiteLlms(top, "file");
    }

    private static Map<String, Deployment> deployments(ModelTable models, RouteBuilder.Routing routing) {
        Map<String, Deployment> used = new LinkedHashMap<>();
        for (DeploymentGroup group : groups(models, routing).values()) {
            group.deployments().forEach(id -> used.put(id, models.deployment(id)));
        }
        return used;
    }

    /** The file's own groups, and what a chain names beside them: one deployment of a group, one model of a pattern. */
    private static Map<String, DeploymentGroup> groups(ModelTable models, RouteBuilder.Routing routing) {
        Map<String, DeploymentGroup> used = new LinkedHashMap<>();
        models.declaredNames().forEach(name -> used.put(name, models.find(name)));
        routing.routes().values().stream()
                .flatMap(route -> route.chain().stream())
                .forEach(hop -> used.putIfAbsent(hop.name(), models.find(hop.name())));
        return used;
    }
}
