package io.strongroom.agent.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Everything that can be set. A key that is not here refuses the start. */
public enum Setting {
    TENANT("tenant", "local", "the appliance's tenant"),

    TRANSPORT("transport", "auto", "https, mqtt, or auto: HTTPS, and MQTT while that is blocked"),
    MQTT_ADDRESS("mqtt.address", "", "where the appliance listens for MQTT, as host:port; else as it tells by HTTPS"),
    HTTPS_LOOK_SECONDS("transport.look-back-seconds", "300", "how often to ask whether HTTPS is blocked no more"),

    QUEUE_MOST_MIB("queue.most-mib", "256", "what the queue may take on disk, in MiB"),
    QUEUE_MOST_AGE_DAYS("queue.most-age-days", "30", "how old a line may get that cannot be sent, in days"),
    QUEUE_LEAST_FREE_MIB("queue.least-free-mib", "512", "what stays free on the disk, in MiB"),

    WITNESS("witness.enabled", "true", "true cosigns the appliance's checkpoints"),
    WITNESS_EVERY_SECONDS("witness.every-seconds", "3600", "how often, on average"),

    LIMIT_MEMORY_MIB("limits.memory-mib", "200", "the memory beyond which the agent is started again, in MiB"),
    LIMIT_CPU_PERCENT("limits.cpu-percent", "10", "what the agent may take of one processor, in percent"),
    LIMIT_CPU_WINDOW_SECONDS("limits.cpu-window-seconds", "300", "over how long that is averaged"),

    LOGS("collect.logs.enabled", "true", "true collects log files"),
    LOGS_FILES(
            "collect.logs.files",
            "/var/log/syslog, /var/log/messages, /var/log/auth.log, /var/log/secure, /var/log/audit/audit.log",
            "the log files, by commas; * and ? stand for parts of a file's name"),
    LOGS_EVERY_SECONDS("collect.logs.every-seconds", "1", "how often the log files are looked at"),
    LOGS_PER_SECOND("collect.logs.lines-per-second", "1000", "how many lines are taken in a second at most"),
    LOGS_MULTI_LINE(
            "collect.logs.multi-line", "indented", "indented joins lines that begin with a blank; none does not"),
    LOGS_BEGIN(
            "collect.logs.begin", "start", "start reads a log file that is new to the agent whole; end from then on"),

    JOURNAL("collect.journal.enabled", "false", "true collects the systemd journal"),
    JOURNAL_COMMAND("collect.journal.command", "journalctl", "the program that reads the journal"),
    JOURNAL_EVERY_SECONDS("collect.journal.every-seconds", "5", "how often the journal is looked at"),
    JOURNAL_PER_SECOND("collect.journal.lines-per-second", "1000", "how many entries are taken in a second at most"),

    CRASHES("collect.crashes.enabled", "true", "true collects crashes of processes, and services that fail"),
    CRASHES_EVERY_SECONDS("collect.crashes.every-seconds", "30", "how often"),
    CRASHES_FOLDER("collect.crashes.folder", "/var/crash", "where crash reports are left"),

    HEALTH("collect.health.enabled", "true", "true collects the host's health"),
    HEALTH_EVERY_SECONDS("collect.health.every-seconds", "60", "how often"),

    INVENTORY("collect.inventory.enabled", "true", "true collects what software is installed"),
    INVENTORY_EVERY_SECONDS(
            "collect.inventory.every-seconds", "3600", "how often it is looked for; told when it changed"),
    INVENTORY_DPKG("collect.inventory.dpkg-status", "/var/lib/dpkg/status", "dpkg's list of packages"),

    OWN_HEALTH("collect.agent.enabled", "true", "true collects the agent's own health"),
    OWN_HEALTH_EVERY_SECONDS("collect.agent.every-seconds", "60", "how often");

    private final String key;
    private final String standard;
    private final String meaning;

    Setting(String key, String standard, String meaning) {
        this.key = key;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** The key in {@code agent.yml}, with dots for levels. */
    public String key() {
        return key;
    }

    /** What holds where nothing is set. */
    public String standard() {
        return standard;
    }

    /** For a person. */
    public String meaning() {
        return meaning;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    /** The key that is most like one that is not known: most letters alike from both ends. */
    static String nearest(String key) {
        return Arrays.stream(values())
                .max(Comparator.comparingInt(each -> alike(each.key, key)))
                .map(Setting::key)
                .orElse("");
    }

    private static int alike(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int front = 0;
        while (front < most && a.charAt(front) == b.charAt(front)) {
            front++;
        }
        int back = 0;
        while (back < most - front && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
            back++;
        }
        return 2 * (front + back) - Math.abs(a.length() - b.length());
    }
}
