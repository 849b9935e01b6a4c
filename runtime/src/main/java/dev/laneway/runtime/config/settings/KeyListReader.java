package dev.laneway.runtime.config.settings;

import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.terms.TermsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code api_keys}, the clients' keys of guides: digests from here on. A published config holds {@code sha256/HEX} in place of each
 * key, so every role admits by the keys that accounting's machine found.
 */
public final class KeyListReader {
    private static final int MOST = 2_000;
    private static final int LONGEST_NAME = 64;
    private static final int SHORT_KEY = 16;
    private static final int SHOWN_DIGITS = 12;
    /** The holder of the master key is called so. */
    private static final String MASTER = "master";

    private static final Pattern DIGEST = Pattern.compile("sha256/([0-9a-f]{64})");
    /** What LiteLLM's users write for every model. */
    private static final Set<String> EVERYTHING = Set.of("*", "all-proxy-models", "all-team-models", "all");

    private final Reading reading;
    private final KnownKeys known;
    private final TermsReader terms;
    private final List<FileKey> keys = new ArrayList<>();
    private final List<Text> models = new ArrayList<>();
    private final Set<String> owners = new HashSet<>();
    private final Set<String> digests = new HashSet<>();

    public KeyListReader(Reading reading, TermsReader terms) {
        this.reading = reading;
        this.terms = terms;
        this.known = new KnownKeys(reading);
    }

    /** Takes {@code api_keys} of a block. */
    public void read(Block block) {
        List<Value> items = block.items("api_keys");
        if (items.size() > MOST) {
            reading.problems().error(block.place("api_keys"), "has more than " + MOST + " keys", "remove some");
            return;
        }
        items.forEach(this::item);
    }

    /** The keys that are there. */
    public List<FileKey> keys() {
        return List.copyOf(keys);
    }

    /** Every name that a key is allowed, to be looked up among the routes. */
    public List<Text> models() {
        return List.copyOf(models);
    }

    private void item(Value item) {
        if (item.isScalar()) {
            String raw = item.raw(reading);
            add(raw == null ? null : digest(raw, item.place()), null, Terms.NONE, item.place());
            return;
        }
        Block block = item.block(reading);
        if (block == null) {
            return;
        }
        Value key = block.take("key");
        String raw = key == null ? null : key.raw(reading);
        if (key == null || raw == null || raw.isBlank()) {
            reading.problems().error(block.place("key"), "says no key", "write key: os.environ/NAME");
        }
        Text name = block.text("name");
        Terms allowed = terms.read(block, allowed(block));
        String digest = key == null || raw == null || raw.isBlank() ? null : digest(raw, key.place());
        known.leftInLiteLlms(block, "api_key");
        if (name == null || isGoodName(name)) {
            add(digest, name, allowed, block.place());
        }
    }

    private void add(@Nullable String digest, @Nullable Text name, Terms allowed, Place at) {
        if (digest == null) {
            return;
        }
        String owner = name == null
                ? "key-" + digest.substring(0, SHOWN_DIGITS)
                : name.value().strip();
        if (!digests.add(digest)) {
            reading.problems().error(at, "has the key of another entry", "write each key once");
        } else if (!owners.add(owner)) {
            reading.problems().error(at, "has the name of another entry", "give each key a name of its own");
        } else {
            keys.add(new FileKey(owner, digest, allowed));
        }
    }

    private boolean isGoodName(Text name) {
        String text = name.value().strip();
        boolean good = !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.codePoints().noneMatch(Character::isISOControl)
                && !text.equals(MASTER);
        if (!good) {
            reading.problems()
                    .error(
                            name.place(),
                            text.equals(MASTER) ? "is the name of the master key’s holder" : "is no name",
                            "write 1 to " + LONGEST_NAME + " characters, and not " + MASTER);
        }
        return good;
    }

    /** A list that is there and empty allows nothing to be told apart from no list, so it allows everything, as LiteLLM has it. */
    private @Nullable List<String> allowed(Block block) {
        Value value = block.entries().get("models");
        List<Text> names = new ArrayList<>();
        if (value != null && value.isScalar()) {
            Text one = block.text("models");
            if (one != null) {
                names.add(one);
            }
        } else {
            names.addAll(block.texts("models"));
        }
        if (names.isEmpty() || names.stream().anyMatch(name -> EVERYTHING.contains(name.value()))) {
            return null;
        }
        models.addAll(names);
        return names.stream().map(Text::value).distinct().toList();
    }

    private @Nullable String digest(String raw, Place at) {
        Matcher digest = DIGEST.matcher(raw.strip());
        if (digest.matches()) {
            return digest.group(1);
        }
        SecretRef reference = reading.secrets().read(raw, at);
        if (reference == null) {
            reading.problems().error(at, "is no key", "write os.environ/NAME, or sha256/ and the digest of the key");
            return null;
        }
        SecretText secret = reading.secrets().reveal(reference).orElse(null);
        if (secret == null) {
            reading.problems()
                    .warn(
                            at,
                            reference.text() + " is not there, so this key opens nothing",
                            "set it where accounting runs");
            return null;
        }
        if (secret.reveal().length() < SHORT_KEY) {
            reading.problems()
                    .warn(
                            at,
                            "is a key of fewer than " + SHORT_KEY + " characters, which can be guessed",
                            "make a longer one: openssl rand -hex 24");
        }
        return FileKey.digest(secret.reveal().strip());
    }
}
