package dev.laneway.runtime.config.models;

import dev.laneway.dialects.gemini.VertexUrl;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what deployments on a cloud platform need beside a key, under LiteLLM's names; unsaid, it is what the environment has. */
final class CloudReader {
    private static final Set<String> OTHERS = Set.of(
            "vertex_project",
            "vertex_location",
            "vertex_credentials",
            "vertex_ai_project",
            "vertex_ai_location",
            "vertex_ai_credentials",
            "project_id",
            "location",
            "api_version",
            "azure_ad_token");

    static final Set<String> PARAMS =
            Stream.of(OTHERS, AwsReader.PARAMS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** The newest version of Azure's API that is no preview. */
    static final String AZURE_VERSION = "2024-10-21";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._:-]{1,64}");

    private final Reading reading;
    private final Keys keys;
    private final AwsReader aws;

    CloudReader(Reading reading, Keys keys) {
        this.reading = reading;
        this.keys = keys;
        this.aws = new AwsReader(reading, keys);
    }

    /** What was found. */
    sealed interface Read {
        /** The vendor is no cloud platform. */
        record None() implements Read {}

        /** @param address the platform's own for that region; null where config has to say it */
        record Found(CloudAccess access, @Nullable URI address) implements Read {}

        /** A variable that is needed isn't set here. */
        record Unset(String variable) implements Read {}

        /** Wrong, and said so. */
        record Wrong() implements Read {}
    }

    /** @param region that a model's name says: what is stated goes before it, and it before the environment */
    Read read(ProviderRow row, Block params, @Nullable String region) {
        return switch (row.auth()) {
            case AWS -> aws.read(params, region);
            case GOOGLE -> google(params);
            case API_KEY -> azure(params);
            case BEARER, X_API_KEY, X_GOOG_API_KEY, NONE -> new Read.None();
        };
    }

    private Read google(Block params) {
        String project = text(
                params,
                List.of("VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT"),
                "vertex_project",
                "vertex_ai_project",
                "project_id");
        String stated = text(
                params,
                List.of("VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION"),
                "vertex_location",
                "vertex_ai_location",
                "location");
        String location = stated == null ? "us-central1" : stated;
        SecretRef account = serviceAccount(params);
        for (String name : project == null ? List.of(location) : List.of(project, location)) {
            if (!NAME.matcher(name).matches()) {
                reading.problems()
                        .error(params.place(), "has no valid project or location", "write names such as us-central1");
                return new Read.Wrong();
            }
        }
        keys.warnIfUnset(account, params.place("vertex_credentials"));
        return new Read.Found(
                new CloudAccess.Google(project, location, account), URI.create("https://" + VertexUrl.host(location)));
    }

    /** A path is a reference to the file; what else there may be is read as any secret is. */
    private SecretRef serviceAccount(Block params) {
        for (String key : List.of("vertex_credentials", "vertex_ai_credentials")) {
            Value value = params.take(key);
            String raw = value == null || value.isNull() ? null : value.raw(reading);
            if (raw != null && !raw.isBlank()) {
                boolean path = !raw.stripLeading().startsWith("{")
                        && !raw.startsWith("os.")
                        && !raw.startsWith("literal/")
                        && !raw.contains("${");
                SecretRef read = path
                        ? new SecretRef.File(Path.of(raw.strip()))
                        : reading.secrets().read(raw, params.place(key));
                if (read != null) {
                    return read;
                }
            }
        }
        return reading.secrets().variable("GOOGLE_APPLICATION_CREDENTIALS", params.place());
    }

    private Read azure(Block params) {
        Text stated = params.text("api_version");
        String variable = reading.references().variable("AZURE_API_VERSION");
        String version = stated != null ? stated.value().strip() : variable == null ? AZURE_VERSION : variable;
        if (!version.isEmpty() && !NAME.matcher(version).matches()) {
            reading.problems()
                    .error(params.place("api_version"), "is no version", "write one such as " + AZURE_VERSION);
            return new Read.Wrong();
        }
        SecretRef token = params.secret("azure_ad_token");
        if (token == null && !params.has("api_key") && isSet("AZURE_AD_TOKEN") && !isSet("AZURE_API_KEY")) {
            token = reading.secrets().variable("AZURE_AD_TOKEN", params.place());
        }
        keys.warnIfUnset(token, params.place("azure_ad_token"));
        return new Read.Found(new CloudAccess.Azure(version, token), null);
    }

    private @Nullable String text(Block params, List<String> variables, String... names) {
        return said(reading, params, variables, names);
    }

    /** The first key that says something, else the first variable that is set. */
    static @Nullable String said(Reading reading, Block params, List<String> variables, String... names) {
        String found = null;
        for (String name : names) {
            Text text = params.text(name);
            if (found == null && text != null) {
                found = text.value().strip();
            }
        }
        for (String variable : variables) {
            if (found == null) {
                found = reading.references().variable(variable);
            }
        }
        return found;
    }

    private boolean isSet(String variable) {
        return isSet(reading, variable);
    }

    static boolean isSet(Reading reading, String variable) {
        return reading.references().variable(variable) != null
                || reading.references().variable(variable + "_FILE") != null;
    }
}
