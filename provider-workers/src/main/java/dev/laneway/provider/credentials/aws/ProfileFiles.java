package dev.laneway.provider.credentials.aws;

import dev.laneway.runtime.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files {@code ~/.aws/config} and {@code ~/.aws/credentials}, or those that {@code AWS_CONFIG_FILE} and {@code
 * AWS_SHARED_CREDENTIALS_FILE} name ("Shared config and credentials files", AWS SDKs and Tools Reference Guide). Read anew each time, so
 * that a rotation needs no restart. What credentials say goes before what config says.
 */
final class ProfileFiles {
    private static final long LARGEST = 1 << 20;

    private final Environment environment;

    ProfileFiles(Environment environment) {
        this.environment = environment;
    }

    /** The settings of a profile; empty where neither file has it. */
    Optional<Map<String, String>> find(String profile) {
        Map<String, String> found = new HashMap<>();
        boolean configured = read(file("AWS_CONFIG_FILE", "config"), profile, true, found);
        boolean there = read(file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), profile, false, found);
        return configured || there ? Optional.of(Map.copyOf(found)) : Optional.empty();
    }

    private @Nullable Path file(String variable, String name) {
        String stated = environment.get(variable);
        String home = environment.get("HOME");
        if (stated == null) {
            return home == null ? null : Path.of(home, ".aws", name);
        }
        return home != null && stated.startsWith("~/") ? Path.of(home, stated.substring(2)) : Path.of(stated);
    }

    private static boolean read(@Nullable Path file, String profile, boolean prefixed, Map<String, String> into) {
        boolean there = false;
        boolean inside = false;
        for (String line : lines(file)) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                inside = isOf(profile, line, prefixed);
                there |= inside;
                continue;
            }
            int equals = line.indexOf('=');
            boolean ownSetting = inside && equals > 0 && !Character.isWhitespace(line.charAt(0));
            if (ownSetting) {
                String value =
                        line.substring(equals + 1).replaceAll("\\s[#;].*", "").strip();
                into.put(line.substring(0, equals).strip(), value);
            }
        }
        return there;
    }

    /** {@code [profile NAME]} in config, where only the default one has no prefix; {@code [NAME]} in credentials. */
    private static boolean isOf(String profile, String line, boolean prefixed) {
        int end = line.indexOf(']');
        String section = end < 0 ? "" : line.substring(1, end).strip().replaceAll("\\s+", " ");
        boolean usual = profile.equals("default") && section.equals(profile);
        return usual || section.equals(prefixed ? "profile " + profile : profile);
    }

    private static List<String> lines(@Nullable Path file) {
        try {
            return file != null && Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? Files.readAllLines(file)
                    : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
