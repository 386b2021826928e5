package io.strongroom.server;

import io.strongroom.server.logs.LogFormat;
import io.strongroom.server.logs.ProcessLog;
import io.strongroom.server.settings.CommandLine;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the appliance, and stops it on SIGTERM or Ctrl-C. */
public final class Strongroom {
    private static final Logger LOG = LoggerFactory.getLogger(Strongroom.class);
    private static final int UNEXPECTED = 70;

    private Strongroom() {}

    public static void main(String[] args) throws InterruptedException {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(CommandLine.USAGE);
            return;
        }
        int exitCode = run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static void setLog(Settings settings) {
        String format = settings.text(Setting.LOG_FORMAT);
        String level = settings.text(Setting.LOG_LEVEL);
        ProcessLog.set(
                LogFormat.of(format)
                        .orElseThrow(() -> new StartRefusedException(
                                Reason.USAGE,
                                "The setting log.format must be json, text or auto, but is “" + format + "”.")),
                ProcessLog.level(level)
                        .orElseThrow(() -> new StartRefusedException(
                                Reason.USAGE,
                                "The setting log.level must be error, warn, info or debug, but is “" + level + "”.")));
    }

    private static int run(String[] args) throws InterruptedException {
        Appliance appliance;
        try {
            CommandLine line = CommandLine.parse(args, System.getenv());
            setLog(line.settings());
            appliance = Appliance.start(line, Map.of());
        } catch (StartRefusedException e) {
            System.err.println("strongroom: " + e.getMessage());
            return e.reason().exitCode();
        } catch (RuntimeException e) {
            LOG.error("the start failed", e);
            System.err.println("strongroom: The start failed in a way that nobody expected; the log above tells more.");
            return UNEXPECTED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(appliance::close, "stop"));
        System.out.print(appliance.notice().forPeople());
        System.out.flush();
        // The hook does the rest.
        new CountDownLatch(1).await();
        return 0;
    }
}
