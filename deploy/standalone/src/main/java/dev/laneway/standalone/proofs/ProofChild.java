package dev.laneway.standalone.proofs;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Starts the process that proves. */
@FunctionalInterface
public interface ProofChild {
    /** What a process has for itself, beside all that it knows of its broker; each as a value or as a file's name. */
    Set<String> OWN = Set.of(
            "DATABASE_URL",
            "REDIS_URL",
            "LANEWAY_MASTER_KEY",
            "LITELLM_MASTER_KEY",
            "LITELLM_PROXY_ADMIN_KEY",
            "LITELLM_ADMIN_KEY",
            "SSL_KEY",
            "LOG_LEVEL",
            "LITELLM_LOG");

    /** What it prints goes to a file; its errors can be read from the process. */
    Process start(Path output) throws IOException;

    /**
     * {@code prove --json} of a config file, by a JVM like this one: same flags and class path, less heap, lowest priority.
     *
     * @param main the class of the command line
     */
    static ProofChild of(Path config, Class<?> main) {
        return output -> {
            List<String> line = new ArrayList<>(lowestPriority(Objects.requireNonNullElse(System.getenv("PATH"), "")));
            line.add(ProcessHandle.current().info().command().orElse("java"));
            line.addAll(flags(ManagementFactory.getRuntimeMXBean().getInputArguments()));
            line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            line.addAll(List.of("prove", "--json", "--config", config.toString()));
            ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(output.toFile());
            strip(builder.environment());
            return builder.start();
        };
    }

    /** Those of this JVM; none that open a port or write a file, for both are this JVM's already. */
    static List<String> flags(List<String> own) {
        List<String> flags = new ArrayList<>(own.stream()
                .filter(flag -> !flag.startsWith("-agentlib:")
                        && !flag.startsWith("-agentpath:")
                        && !flag.startsWith("-javaagent:")
                        && !flag.startsWith("-Dcom.sun.management.")
                        && !flag.startsWith("-XX:AOTCacheOutput")
                        && !flag.startsWith("-XX:StartFlightRecording"))
                .toList());
        flags.add("-Xmx384m");
        return flags;
    }

    /**
     * Prove brings servers and logins of its own: it gets no way to those of this process, nor its master keys. The keys of providers stay:
     * without its key a deployment would be out of service.
     */
    static void strip(Map<String, String> environment) {
        environment.keySet().removeIf(ProofChild::ownOfThisProcess);
    }

    private static boolean ownOfThisProcess(String variable) {
        String name =
                variable.endsWith("_FILE") ? variable.substring(0, variable.length() - "_FILE".length()) : variable;
        return name.startsWith("KAFKA_") || OWN.contains(name);
    }

    private static List<String> lowestPriority(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path nice = Path.of(folder, "nice");
            if (!folder.isEmpty() && Files.isExecutable(nice)) {
                return List.of(nice.toString(), "-n", "19");
            }
        }
        return List.of();
    }
}
