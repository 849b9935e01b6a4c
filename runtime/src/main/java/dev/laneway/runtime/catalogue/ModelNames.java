package dev.laneway.runtime.catalogue;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names under which a model may be in a catalogue, the exact one first. */
final class ModelNames {
    /** What rows are named by that call a vendor's models by another API than its own: the prices are the same. */
    private static final Pattern BY_ANOTHER_API = Pattern.compile("(.+)_(?:responses|anthropic)");

    /** Whose models others sell at the same prices. */
    private static final Map<String, String> SAME_PRICES =
            Map.of("azure", "openai", "vertex_ai", "gemini", "text-completion-openai", "openai");

    private static final Pattern DATE =
            Pattern.compile("(.+?)[-@](?:20\\d\\d-?\\d\\d-?\\d\\d|latest)((?:-v\\d(?::\\d)?)?)");
    /** Where Bedrock is asked, or by which of its APIs, before the model's own name. */
    private static final Pattern BEDROCK = Pattern.compile(
            "(?:(?:converse|invoke|[a-z]{2}(?:-[a-z]+)+-\\d)/)*(?:(?:us|eu|apac|global|us-gov|jp|au|ca)\\.)?(.+)");

    private ModelNames() {}

    record Name(String vendor, String model) {}

    /** @param model the vendor's own name of it */
    static List<Name> of(String provider, String model) {
        Matcher other = BY_ANOTHER_API.matcher(provider);
        String vendor = other.matches() ? other.group(1) : provider;
        String name = model.toLowerCase(Locale.ROOT);
        List<Name> names = new ArrayList<>();
        add(names, vendor, name);
        if (vendor.equals("bedrock")) {
            bedrock(names, name);
        } else {
            add(names, vendor, name.substring(name.lastIndexOf("models/") < 0 ? 0 : name.lastIndexOf("models/") + 7));
        }
        String same = SAME_PRICES.get(vendor);
        if (same != null) {
            add(names, same, names.getLast().model());
        }
        for (Name exact : List.copyOf(names)) {
            Matcher dated = DATE.matcher(exact.model());
            if (dated.matches()) {
                add(names, exact.vendor(), dated.group(1));
            }
        }
        return names;
    }

    /** Of a model as LiteLLM's users write it, its provider before it or not. */
    static List<Name> ofWritten(String provider, String written) {
        int slash = written.indexOf('/');
        ProviderRow row = slash < 0 ? null : ProviderCatalogue.find(written.substring(0, slash));
        return row == null ? of(provider, written) : of(row.name(), written.substring(slash + 1));
    }

    private static void bedrock(List<Name> names, String name) {
        String model = name.startsWith("arn:") ? name.substring(name.lastIndexOf('/') + 1) : name;
        add(names, "bedrock", model);
        Matcher plain = BEDROCK.matcher(model);
        if (plain.matches()) {
            add(names, "bedrock", plain.group(1));
        }
    }

    private static void add(List<Name> names, String vendor, String model) {
        Name name = new Name(vendor, model);
        if (!names.contains(name)) {
            names.add(name);
        }
    }
}
