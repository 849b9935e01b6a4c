package dev.laneway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exit its exit code; {@link #OUT_OF_TIME} where it was ended
 * @param output what it wrote
 * @param errors what it wrote to its error stream
 */
record ClientRun(int exit, String output, String errors) {
    private static final int OUT_OF_TIME = -1;
    private static final int NO_PROGRAM = -2;
    private static final int ILLEGAL_INSTRUCTION = 128 + 4; // as Java tells SIGILL
    private static final int SHOWN = 3_000;

    /** With nothing of this process's environment but the path, in a folder that is its home too. */
    static ClientRun alone(List<String> command, Map<String, String> environment, Path home, Duration patience)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        return run(builder, home, patience);
    }

    /** With this process's environment. */
    static ClientRun inherited(List<String> command, Path folder, Duration patience)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(command), folder, patience);
    }

    private static ClientRun run(ProcessBuilder builder, Path folder, Duration patience)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("client", ".out");
        Path errors = Files.createTempFile("client", ".err");
        try {
            Process process = builder.directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            int exit = ended ? process.exitValue() : OUT_OF_TIME;
            return new ClientRun(exit, Files.readString(output), Files.readString(errors));
        } catch (IOException e) { // of start
            return new ClientRun(
                    NO_PROGRAM, "", builder.command().getFirst() + " is not a tool here: " + e.getMessage());
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** It couldn't be started, or this processor can't run it. */
    boolean noProgram() {
        return exit == NO_PROGRAM || exit == ILLEGAL_INSTRUCTION;
    }

    boolean outOfTime() {
        return exit == OUT_OF_TIME;
    }

    /** The last line that it wrote and that isn't blank. */
    String lastLine() {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }

    @Override
    public String toString() {
        return (outOfTime() ? "did not end" : "exit code " + exit) + "\n" + end(output) + "\n" + end(errors);
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - SHOWN));
    }
}
