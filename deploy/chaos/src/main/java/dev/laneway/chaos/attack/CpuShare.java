package dev.laneway.chaos.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How busy the machine's processors are, all processes together; from {@code /proc/stat}, not a number where there is none. */
record CpuShare(long busy, long all) {
    private static final Path STAT = Path.of("/proc/stat");
    /** Columns of the line: user, nice, system, idle, waiting for the disk ... */
    private static final int IDLE = 3;

    private static final int WAITING = 4;

    static CpuShare now() {
        try {
            List<String> lines = Files.readAllLines(STAT);
            long[] ticks = Arrays.stream(lines.getFirst().split("\\s+", -1))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = Arrays.stream(ticks).sum();
            return new CpuShare(all - ticks[IDLE] - ticks[WAITING], all);
        } catch (IOException e) {
            return new CpuShare(0, 0);
        }
    }

    double busyUntilNow() {
        CpuShare now = now();
        return (double) (now.busy - busy) / (now.all - all);
    }
}
