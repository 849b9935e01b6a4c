package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's process that an earlier, killed Laneway left behind on this folder. It is one only if both agree: the process id
 * file in our folder, and the command line of that process.
 *
 * @param handle the process
 * @param known whether the system tells its command line
 * @param ours whether that names our folder
 */
record Orphan(ProcessHandle handle, boolean known, boolean ours) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 10;

    /** The process that the first line of the file names, if it lives. */
    static Optional<Orphan> find(Path pidFile, Path namedOnCommandLine) throws IOException {
        if (!Files.isRegularFile(pidFile)) {
            return Optional.empty();
        }
        String pid;
        try (Stream<String> lines = Files.lines(pidFile, ISO_8859_1)) {
            pid = lines.findFirst().orElse("").strip();
        }
        if (!pid.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .map(handle -> {
                    String line = commandLine(handle);
                    return new Orphan(handle, !line.isBlank(), line.contains(namedOnCommandLine.toString()));
                });
    }

    /** Empty where the system does not tell, and for a process that has ended and was not collected by its parent. */
    private static String commandLine(ProcessHandle handle) {
        Path file = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            return Files.isReadable(file)
                    ? new String(Files.readAllBytes(file), UTF_8).replace('\0', ' ')
                    : handle.info().commandLine().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends one of ours in good order. */
    void end(String server, String signal) throws ServicesException, IOException, InterruptedException {
        SystemTools.signal(signal, handle.pid());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (handle.isAlive() && !commandLine(handle).isBlank()) {
            if (System.nanoTime() > deadline) {
                throw new ServicesException(server + " of an earlier run, process " + handle.pid()
                        + ", still runs on this data folder and does not end: end it with kill -9 " + handle.pid());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
