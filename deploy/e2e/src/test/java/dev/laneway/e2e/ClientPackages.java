package dev.laneway.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder of {@code deploy/agents}, installed by npm or pip, as the user has set them up. What is installed is kept in {@code
 * ~/.cache/laneway/clients}, in a folder for each state of the files that pin it, and filled once.
 */
sealed interface ClientPackages {
    /** Where the folders are; tests run in their module's folder. */
    Path SOURCES = Path.of("..", "agents").toAbsolutePath().normalize();

    Duration PATIENCE = Duration.ofMinutes(5);
    Pattern AWAY = Pattern.compile(
            "ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network|E404|ETARGET|EBADPLATFORM"
                    + "|No matching distribution|Temporary failure in name resolution|is not a tool here");

    /** They are there. */
    record Installed(Path folder) implements ClientPackages {}

    /** They can't be had here. */
    record Missing(String reason) implements ClientPackages {}

    /** Where they are; a test that needs them is skipped, with the reason, where they can't be had. */
    default Path folder() {
        return switch (this) {
            case Installed(Path folder) -> folder;
            case Missing(String reason) -> Assumptions.abort(reason);
        };
    }

    /** By npm, without any script of a package. */
    static CompletableFuture<ClientPackages> npm(String name) {
        return install(
                name,
                List.of("package.json", "package-lock.json"),
                folder -> List.of(List.of(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--prefer-offline",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error")));
    }

    /** By pip, into an environment {@code venv} of its own. */
    static CompletableFuture<ClientPackages> pypi(String name) {
        return install(
                name,
                List.of("requirements.txt"),
                folder -> List.of(
                        List.of("python3", "-m", "venv", "venv"),
                        List.of(
                                folder.resolve("venv/bin/python").toString(),
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--disable-pip-version-check",
                                "--only-binary=:all:",
                                "--no-deps",
                                "--requirement",
                                "requirements.txt")));
    }

    /** How to fill a folder. */
    @FunctionalInterface
    interface Commands {
        List<List<String>> in(Path folder);
    }

    private static CompletableFuture<ClientPackages> install(String name, List<String> pins, Commands commands) {
        CompletableFuture<ClientPackages> result = new CompletableFuture<>();
        Thread.ofVirtual().name("install-" + name).start(() -> {
            try {
                result.complete(installed(SOURCES.resolve(name), pins, commands));
            } catch (IOException | InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static ClientPackages installed(Path source, List<String> pins, Commands commands)
            throws IOException, InterruptedException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "laneway", "clients");
        Path folder = Files.createDirectories(cache.resolve(source.getFileName() + "-" + digest(source, pins)));
        Path done = folder.resolve("installed");
        try (var lock = java.nio.channels.FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock(); // another build on this machine may be at it; given back by close
            if (Files.exists(done)) {
                return new Installed(folder);
            }
            for (String pin : pins) {
                Files.copy(source.resolve(pin), folder.resolve(pin), StandardCopyOption.REPLACE_EXISTING);
            }
            for (List<String> command : commands.in(folder)) {
                ClientRun run = ClientRun.inherited(command, folder, PATIENCE);
                if (run.exit() != 0) {
                    return missing(command, run);
                }
            }
            Files.createFile(done);
            return new Installed(folder);
        }
    }

    private static ClientPackages missing(List<String> command, ClientRun run) {
        String said = String.join(" ", command) + ": " + run;
        if (run.outOfTime() || AWAY.matcher(said).find()) {
            return new Missing("the packages can't be had here: " + said);
        }
        throw new IllegalStateException(said);
    }

    private static String digest(Path source, List<String> pins) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(System.getProperty("os.arch").getBytes(StandardCharsets.UTF_8));
            for (String pin : pins) {
                digest.update(Files.readAllBytes(source.resolve(pin)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
