package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;
import oshi.hardware.PowerSource;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/** Collects the host's health: processor, memory, disks, network, temperature, battery. */
public final class HealthCollector implements Collector {
    private static final StreamName STREAM = new StreamName("telemetry.health");
    private static final String KEY = "health";
    private static final int MOST_DISKS = 32;
    private static final double HOTTEST = 200;

    private final DeviceLines device;
    private final InstantSource clock;
    private final SystemInfo system = new SystemInfo();
    private long[] ticks = {};

    public HealthCollector(DeviceLines device, InstantSource clock) {
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        OperatingSystem os = system.getOperatingSystem();
        Measures all = new Measures();
        processor(all);
        memory(all);
        network(all);
        sensors(all);
        all.amount("system.uptime", os.getSystemUptime());
        all.amount("system.process.count", os.getProcessCount());
        all.text("os.type", os.getFamily());
        all.text("os.version", os.getVersionInfo().toString());
        all.text("host.name", os.getNetworkParams().getHostName());
        AuditRecord.Builder record = device.about(STREAM, "Telemetry.Health", clock.instant())
                .attribute("measures", all.toJson())
                .attribute("filesystems", disks(os));
        intake.take(List.of(record), KEY, "");
        return false;
    }

    private void processor(Measures all) {
        CentralProcessor processor = system.getHardware().getProcessor();
        if (ticks.length > 0) {
            all.ratio("system.cpu.utilization", processor.getSystemCpuLoadBetweenTicks(ticks));
        }
        ticks = processor.getSystemCpuLoadTicks();
        double[] loads = processor.getSystemLoadAverage(3);
        String[] names = {"system.cpu.load_average.1m", "system.cpu.load_average.5m", "system.cpu.load_average.15m"};
        for (int i = 0; i < loads.length && i < names.length; i++) {
            if (loads[i] >= 0) {
                all.number(names[i], loads[i]);
            }
        }
        all.amount("system.cpu.logical.count", processor.getLogicalProcessorCount());
    }

    private void memory(Measures all) {
        GlobalMemory memory = system.getHardware().getMemory();
        long limit = memory.getTotal();
        if (limit > 0) {
            all.amount("system.memory.limit", limit);
            all.ratio("system.memory.utilization", limit - memory.getAvailable(), limit);
        }
        long swap = memory.getVirtualMemory().getSwapTotal();
        all.ratio("system.paging.utilization", memory.getVirtualMemory().getSwapUsed(), swap);
    }

    private void network(Measures all) {
        long received = 0;
        long sent = 0;
        long errors = 0;
        for (NetworkIF each : system.getHardware().getNetworkIFs()) {
            received += Math.max(0, each.getBytesRecv());
            sent += Math.max(0, each.getBytesSent());
            errors += Math.max(0, each.getInErrors()) + Math.max(0, each.getOutErrors());
        }
        all.amount("system.network.io.receive", received);
        all.amount("system.network.io.transmit", sent);
        all.amount("system.network.errors", errors);
    }

    private void sensors(Measures all) {
        double celsius = system.getHardware().getSensors().getCpuTemperature();
        // Where there is no sensor it is 0.
        if (celsius > 0 && celsius < HOTTEST) {
            all.number("hw.temperature", celsius);
        }
        for (PowerSource source : system.getHardware().getPowerSources()) {
            if (source.getMaxCapacity() > 0) {
                all.ratio("hw.battery.charge", source.getRemainingCapacityPercent());
                return;
            }
        }
    }

    private static Json disks(OperatingSystem os) {
        List<Json> disks = new ArrayList<>();
        for (OSFileStore store : os.getFileSystem().getFileStores(true)) {
            if (store.getTotalSpace() > 0 && disks.size() < MOST_DISKS) {
                long used = store.getTotalSpace() - store.getUsableSpace();
                Measures disk = new Measures()
                        .text("system.filesystem.mountpoint", store.getMount())
                        .text("system.filesystem.type", store.getType())
                        .amount("system.filesystem.limit", store.getTotalSpace())
                        .ratio("system.filesystem.utilization", used, store.getTotalSpace());
                disks.add(disk.toJson());
            }
        }
        return new Json.Arr(disks);
    }
}
