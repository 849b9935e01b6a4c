package dev.laneway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU and memory of a process and of all that it started, as Linux tells them. */
final class ProcessProbe {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessProbe() {}

    /** CPU seconds, user and system, so far. */
    static double cpuSeconds(ProcessHandle process) {
        return tree(process).mapToDouble(ProcessProbe::cpuOfOne).sum();
    }

    /** CPU seconds of what a process started, without itself. */
    static double childrenCpuSeconds(ProcessHandle process) {
        return process.descendants().mapToDouble(ProcessProbe::cpuOfOne).sum();
    }

    /** CPU seconds of this process alone: what it started is counted where it is measured. */
    static double ownCpuSeconds() {
        return cpuOfOne(ProcessHandle.current());
    }

    /** Proportional set size in MiB: shared pages are divided among those who share them. */
    static double pssMib(ProcessHandle process) {
        return tree(process).mapToDouble(ProcessProbe::pssOfOne).sum();
    }

    private static Stream<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static double cpuOfOne(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }

    private static double pssOfOne(ProcessHandle process) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup"));
            return lines.stream()
                            .filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }
}
