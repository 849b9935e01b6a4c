package dev.laneway.services;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small shell beside this JVM that ends the servers' processes when the JVM is gone, however it went: it reads from a pipe
 * that only the JVM holds open. It ends nothing but the process ids it was told, and those only while their command line
 * still names the data folder. Thread-safe.
 */
final class Sweeper implements AutoCloseable {
    private static final String SCRIPT = """
            command_line() {
                if [ -r "/proc/$1/cmdline" ]; then tr '\\000' ' ' < "/proc/$1/cmdline"; else ps -o command= -p "$1"; fi
            }
            ours() {
                case "$(command_line "$1" 2>/dev/null)" in *"$folder"*) return 0 ;; *) return 1 ;; esac
            }
            folder=$1; temporary=$2; known=
            while read -r signal pid; do
                [ "$signal" = done ] && exit 0
                known="$known $signal:$pid"
            done
            for one in $known; do
                ours "${one#*:}" && kill "-${one%%:*}" "${one#*:}"
            done
            tries=0
            for one in $known; do
                while ours "${one#*:}"; do
                    tries=$((tries + 1))
                    [ $tries -gt 100 ] && kill -KILL "${one#*:}"
                    [ $tries -gt 120 ] && break
                    sleep 0.1
                done
            done
            [ -n "$temporary" ] && rm -rf -- "$temporary"
            """;

    private final Process shell;
    private final BufferedWriter pipe;

    private Sweeper(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter();
    }

    /**
     * Starts watching over this JVM.
     *
     * @param temporary a folder to delete as well, once the processes are gone
     */
    static Sweeper start(Path folder, @Nullable Path temporary) throws IOException {
        List<String> command = new ArrayList<>(SystemTools.ownSession());
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "laneway-sweeper", folder.toString()));
        command.add(temporary == null ? "" : temporary.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(SystemTools.NOTHING);
        SystemTools.strip(builder.environment());
        return new Sweeper(builder.start());
    }

    /** Adds a process that must not outlive this JVM, and the signal that ends it in good order. */
    synchronized void add(String signal, long pid) throws IOException {
        pipe.write(signal + " " + pid + "\n");
        pipe.flush();
    }

    /** What the end of this JVM does. */
    synchronized void breakPipe() throws IOException {
        pipe.close();
    }

    long pid() {
        return shell.pid();
    }

    /** To be called when all the processes have ended. */
    @Override
    public synchronized void close() {
        try (pipe) {
            pipe.write("done\n");
        } catch (IOException e) {
            // The shell is gone already, and with it what it would have done.
            shell.destroy();
        }
    }
}
