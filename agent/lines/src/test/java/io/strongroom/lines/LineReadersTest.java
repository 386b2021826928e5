package io.strongroom.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Party;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One row for each kind of line: what it says, and what must be read from it. */
final class LineReadersTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-01T12:00:00Z");

    private static LineReader readers() {
        return new FileReaders(new LogTime(ZoneOffset.UTC, WRITTEN));
    }

    /** A line, and {@code format | time | actor | action | resource | outcome}; a dash where the line tells nothing. */
    private record Row(String line, String expected) {
        @Override
        public String toString() {
            return expected + "  ⟵  " + line;
        }
    }

    static List<String> lines() {
        return ROWS.stream().map(Row::line).toList();
    }

    private static Row row(String line, String expected) {
        return new Row(line, expected);
    }

    static final List<Row> ROWS = List.of(
            // --- dpkg
            row(
                    "2026-02-03 04:05:06 install curl:amd64 <none> 8.14.1-2",
                    "dpkg | 2026-02-03T04:05:06Z | Process dpkg | Package.Install | Package curl:amd64 | unknown"),
            row(
                    "2026-02-03 04:05:06 status installed curl:amd64 8.14.1-2",
                    "dpkg | 2026-02-03T04:05:06Z | Process dpkg | Package.Status | Package curl:amd64 | success"),
            row(
                    "2026-02-03 04:05:06 startup packages configure",
                    "dpkg | 2026-02-03T04:05:06Z | Process dpkg | PackageTool.Start | PackageTool dpkg | success"),
            row(
                    "2026-02-03 04:05:06 conffile /etc/ssh/sshd_config keep",
                    "dpkg | 2026-02-03T04:05:06Z | Process dpkg | ConfigurationFile.Keep | File /etc/ssh/sshd_config | success"),
            // --- update-alternatives
            row(
                    "update-alternatives 2026-02-03 04:05:06: link group editor updated to point to /usr/bin/vim.tiny",
                    "alternatives | 2026-02-03T04:05:06Z | Process update-alternatives | Alternative.Update | Alternative editor | success"),
            row(
                    "update-alternatives 2026-02-03 04:05:06: run with --install /usr/bin/editor editor /usr/bin/vim 30",
                    "alternatives | 2026-02-03T04:05:06Z | Process update-alternatives | Alternative.Run | Alternative /usr/bin/editor | unknown"),
            // --- syslog, in its three forms
            row(
                    "Feb  3 04:05:06 web1 sshd[812]: Accepted publickey for alice from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:abc",
                    "sshd | 2026-02-03T04:05:06Z | User alice | Session.Login | Host web1 | success"),
            row(
                    "Dec 31 23:59:59 web1 sshd[812]: Failed password for root from 198.51.100.4 port 22 ssh2",
                    "sshd | 2025-12-31T23:59:59Z | User root | Session.Login | Host web1 | failure"),
            row(
                    "<38>Feb  3 04:05:06 web1 sshd[812]: Failed password for invalid user from from 198.51.100.4 port 22 ssh2",
                    "sshd | 2026-02-03T04:05:06Z | User from | Session.Login | Host web1 | failure"),
            row(
                    "Feb  3 04:05:06 web1 sshd[812]: Invalid user  from 198.51.100.4 port 40022",
                    "sshd | 2026-02-03T04:05:06Z | Address 198.51.100.4 | Session.Login | Host web1 | failure"),
            row(
                    "2026-02-03T04:05:06.123456+01:00 web1 sshd-session[9]: Disconnected from user alice 2001:db8::7 port 50022",
                    "sshd | 2026-02-03T03:05:06.123456Z | User alice | Session.Disconnect | Host web1 | unknown"),
            row(
                    "Feb  3 04:05:06 web1 sshd[1]: Connection closed by authenticating user root 198.51.100.4 port 5 [preauth]",
                    "sshd | 2026-02-03T04:05:06Z | User root | Session.Disconnect | Host web1 | unknown"),
            row(
                    "Feb  3 04:05:06 web1 sshd[1]: message repeated 2 times: [ Failed password for root from 198.51.100.4 port 22 ssh2]",
                    "sshd | 2026-02-03T04:05:06Z | User root | Session.Login | Host web1 | failure"),
            row(
                    "Feb  3 04:05:06 web1 sshd[1]: pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)",
                    "pam | 2026-02-03T04:05:06Z | User alice | Session.Open | Account alice | success"),
            row(
                    "Feb  3 04:05:06 web1 sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.4  user=root",
                    "pam | 2026-02-03T04:05:06Z | User root | Session.Authenticate | Host web1 | failure"),
            row(
                    "Feb  3 04:05:06 web1 sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt update",
                    "sudo | 2026-02-03T04:05:06Z | User alice | Command.RunAs | Command /usr/bin/apt update | success"),
            row(
                    "Feb  3 04:05:06 web1 sudo:  mallory : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh",
                    "sudo | 2026-02-03T04:05:06Z | User mallory | Command.RunAs | Command /bin/sh | failure"),
            row(
                    "Feb  3 04:05:06 web1 su[77]: FAILED SU (to root) mallory on pts/1",
                    "su | 2026-02-03T04:05:06Z | User mallory | Account.Switch | Account root | failure"),
            row(
                    "Feb  3 04:05:06 web1 CRON[123]: (root) CMD (run-parts /etc/cron.hourly)",
                    "cron | 2026-02-03T04:05:06Z | User root | Job.Run | Command run-parts /etc/cron.hourly | unknown"),
            row(
                    "Feb  3 04:05:06 web1 systemd[1]: Failed to start nginx.service - A web server.",
                    "systemd | 2026-02-03T04:05:06Z | Process systemd | Service.Start | Service nginx.service - A web server | failure"),
            row(
                    "Feb  3 04:05:06 web1 systemd-logind[400]: New session 12 of user alice.",
                    "systemd | 2026-02-03T04:05:06Z | User alice | Session.Open | Session 12 | success"),
            row(
                    "Feb  3 04:05:06 web1 useradd[9]: new user: name=bob, UID=1001, GID=1001, home=/home/bob, shell=/bin/sh",
                    "accounts | 2026-02-03T04:05:06Z | Process useradd | Account.Create | Account bob | success"),
            row(
                    "Feb  3 04:05:06 web1 kernel: [    1.234567] eth0: link up",
                    "rfc3164 | 2026-02-03T04:05:06Z | Process kernel | Log.Message | Host web1 | unknown"),
            row(
                    "Feb  3 04:05:06 web1 -- MARK --",
                    "rfc3164 | 2026-02-03T04:05:06Z | Process unknown | Log.Message | Host web1 | unknown"),
            row(
                    "<165>1 2026-02-03T04:05:06.003Z host.example evntslog 77 ID47 [ex@32473 iut=\"3\" note=\"a ] in \\\" quotes\"] \uFEFFAn event",
                    "rfc5424 | 2026-02-03T04:05:06.003Z | Process evntslog | Log.Message | Host host.example | unknown"),
            row(
                    "<34>1 - host su - - - FAILED SU (to root) mallory on /dev/pts/8",
                    "su | - | User mallory | Account.Switch | Account root | failure"),
            // --- auditd
            row(
                    "type=SYSCALL msg=audit(1770091506.021:4711): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 auid=1000 uid=0 comm=\"id\" exe=\"/usr/bin/id\" key=\"root-cmd\"",
                    "auditd | 2026-02-03T04:05:06.021Z | User uid:1000 | Syscall.execve | Process /usr/bin/id | success"),
            row(
                    "type=SYSCALL msg=audit(1770091506.021:4711): arch=c000003e syscall=257 success=no exit=-13 auid=4294967295 uid=33 exe=\"/usr/sbin/nginx\"\u001dARCH=x86_64 SYSCALL=openat AUID=\"unset\" UID=\"www-data\"",
                    "auditd | 2026-02-03T04:05:06.021Z | User www-data | Syscall.openat | Process /usr/sbin/nginx | failure"),
            row(
                    "node=web1 type=USER_LOGIN msg=audit(1770091506.021:9): pid=2 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct=\"alice\" exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.7 terminal=ssh res=failed'",
                    "auditd | 2026-02-03T04:05:06.021Z | User alice | Audit.USER_LOGIN.login | Account alice | failure"),
            row(
                    "type=PATH msg=audit(1770091506.021:4711): item=0 name=2F746D702F6120662E747874 inode=1 nametype=NORMAL",
                    "auditd | 2026-02-03T04:05:06.021Z | Process kernel | Audit.PATH | File /tmp/a f.txt | unknown"),
            row(
                    "Feb  3 04:05:06 web1 audit[1]: type=SERVICE_START msg=audit(1770091506.021:9): pid=1 uid=0 auid=4294967295 msg='unit=cron comm=\"systemd\" exe=\"/lib/systemd/systemd\" res=success'",
                    "auditd | 2026-02-03T04:05:06.021Z | User uid:0 | Audit.SERVICE_START | Service cron | success"),
            row(
                    "{\"Computer\":\"U5\",\"TimeGenerated\":\"2026-02-03T04:05:06Z\",\"SyslogMessage\":\"type=AUOMS_EXECVE audit(1770091506.021:1): syscall=execve success=no audit_user=unset auid=4294967295 user=tomcat uid=1001 exe=\\\"/usr/bin/java\\\" name=\\\"/usr/local/sbin/bash\\\"\"}",
                    "auditd | 2026-02-03T04:05:06.021Z | User tomcat | Syscall.execve | File /usr/local/sbin/bash | failure"),
            // --- CloudTrail
            row(
                    "{\"eventTime\":\"2026-02-03T04:05:06Z\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"DeleteBucket\",\"errorCode\":\"AccessDenied\",\"userIdentity\":{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::1:user/eve\"},\"requestParameters\":{\"bucketName\":\"ledger\"}}",
                    "cloudtrail | 2026-02-03T04:05:06Z | IAMUser arn:aws:iam::1:user/eve | s3.DeleteBucket | BucketName ledger | failure"),
            row(
                    "{\"eventTime\":\"2026-02-03T04:05:06Z\",\"eventSource\":\"signin.amazonaws.com\",\"eventName\":\"ConsoleLogin\",\"userIdentity\":{\"type\":\"Root\",\"principalId\":\"1\"},\"responseElements\":{\"ConsoleLogin\":\"Failure\"}}",
                    "cloudtrail | 2026-02-03T04:05:06Z | Root 1 | signin.ConsoleLogin | Service signin | failure"),
            row(
                    "{\"eventTime\":\"2026-02-03T04:05:06Z\",\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"StopInstances\",\"userIdentity\":{\"type\":\"AWSService\",\"invokedBy\":\"autoscaling\"},\"requestParameters\":{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"}]}}}",
                    "cloudtrail | 2026-02-03T04:05:06Z | AWSService autoscaling | ec2.StopInstances | Resource i-1 | success"),
            // --- Windows events, in three forms
            row(
                    "{\"EventID\":4625,\"Channel\":\"Security\",\"Hostname\":\"WS5\",\"TimeCreated\":\"2026-02-03T04:05:06.123Z\",\"Keywords\":\"0x8010000000000000\",\"TargetUserName\":\"admin\",\"TargetDomainName\":\"CORP\",\"SubjectUserName\":\"-\",\"IpAddress\":\"192.0.2.7\"}",
                    "windows-event | 2026-02-03T04:05:06.123Z | User CORP\\admin | Session.Login | Host WS5 | failure"),
            row(
                    "{\"Event\":{\"System\":{\"Provider\":{\"Name\":\"Microsoft-Windows-Security-Auditing\"},\"EventID\":4720,\"Channel\":\"Security\",\"Computer\":\"DC1\",\"TimeCreated\":{\"SystemTime\":\"2026-02-03T04:05:06Z\"}},\"EventData\":{\"SubjectUserName\":\"eve\",\"SubjectDomainName\":\"CORP\",\"TargetUserName\":\"svc\",\"TargetDomainName\":\"CORP\"}}}",
                    "windows-event | 2026-02-03T04:05:06Z | User CORP\\eve | Account.Create | Account CORP\\svc | success"),
            row(
                    "{\"@timestamp\":\"2026-02-03T04:05:06Z\",\"winlog\":{\"event_id\":\"1\",\"provider_name\":\"Microsoft-Windows-Sysmon\",\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"event_data\":{\"User\":\"CORP\\\\eve\",\"Image\":\"C:\\\\a.exe\"}}}",
                    "windows-event | 2026-02-03T04:05:06Z | User CORP\\eve | Process.Start | Process C:\\a.exe | success"),
            row(
                    "{\"EventID\":4663,\"ProviderName\":\"Microsoft-Windows-Security-Auditing\",\"Channel\":\"Security\",\"Keywords\":-9214364837600034816,\"TimeCreated\":\"2026-02-03 04:05:06\",\"SubjectUserName\":\"eve\",\"ObjectName\":\"C:\\\\x\"}",
                    "windows-event | 2026-02-03T04:05:06Z | User eve | Object.Access | Object C:\\x | success"),
            row(
                    "{\"EventID\":999,\"SourceName\":\"Some Program\",\"Channel\":\"Application\",\"Hostname\":\"WS5\"}",
                    "windows-event | - | Host WS5 | Windows.Event.999 | Host WS5 | unknown"),
            // --- the journal
            row(
                    "{\"__REALTIME_TIMESTAMP\":\"1770091506021000\",\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"_PID\":\"9\",\"MESSAGE\":\"Accepted password for bob from 192.0.2.7 port 1 ssh2\"}",
                    "sshd | 2026-02-03T04:05:06.021Z | User bob | Session.Login | Host web1 | success"),
            row(
                    "{\"__REALTIME_TIMESTAMP\":\"1770091506021000\",\"_HOSTNAME\":\"web1\",\"_COMM\":\"x\",\"MESSAGE\":[104,105]}",
                    "journal | 2026-02-03T04:05:06.021Z | Process x | Log.Message | Host web1 | unknown"),
            // --- others
            row(
                    "{\"log\":\"198.51.100.4 - bob [03/Feb/2026:04:05:06 +0000] \\\"GET /a HTTP/1.1\\\" 200 5\\n\",\"stream\":\"stdout\",\"time\":\"2026-02-03T04:05:07Z\"}",
                    "access-log | 2026-02-03T04:05:06Z | User bob | Http.GET | Path /a | success"),
            row(
                    "198.51.100.4 - - [03/Feb/2026:04:05:06 +0100] \"POST /login HTTP/1.1\" 401 12 \"-\" \"curl/8\"",
                    "access-log | 2026-02-03T03:05:06Z | Address 198.51.100.4 | Http.POST | Path /login | failure"),
            row(
                    "2026-02-03 04:05:06.007 UTC [123] app@orders FATAL:  password authentication failed for user \"app\"",
                    "postgresql | 2026-02-03T04:05:06.007Z | User app | Session.Login | Database orders | failure"),
            row(
                    "2026-02-03 04:05:06.007 UTC [1] LOG:  database system is ready to accept connections",
                    "postgresql | 2026-02-03T04:05:06.007Z | Process postgres | Database.Log | Service postgresql | unknown"),
            row(
                    "{\"ts\":1770091506.5,\"user\":\"carol\",\"action\":\"delete\",\"path\":\"/x\",\"status\":403}",
                    "json | 2026-02-03T04:05:06.500Z | User carol | delete | Resource /x | failure"),
            row(
                    "time=2026-02-03T04:05:06Z level=info user=carol action=login outcome=success msg=\"hello there\"",
                    "json | 2026-02-03T04:05:06Z | User carol | login | - | success"),
            row(
                    "[2026-02-03 04:05:06,120] ERROR something broke",
                    "timed-line | 2026-02-03T04:05:06.120Z | - | - | - | unknown"),
            row("2026/02/03 04:05:06 [error] 1#1: nope", "timed-line | 2026-02-03T04:05:06Z | - | - | - | unknown"),
            row(
                    "Failed password for root from 198.51.100.4 port 22 ssh2",
                    "sshd | - | User root | Session.Login | - | failure"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void readsWhoDidWhatToWhatAndWhen(Row row) {
        LineEvent event = readers().read(row.line()).orElseThrow();

        assertThat(String.join(
                        " | ",
                        event.format(),
                        event.time() == null ? "-" : event.time().toString(),
                        shown(event.actor()),
                        event.action() == null ? "-" : event.action(),
                        shown(event.resource()),
                        event.outcome().wire()))
                .isEqualTo(row.expected());
    }

    private static String shown(@Nullable Party party) {
        return party == null ? "-" : party.type() + " " + party.id();
    }

    static final List<String> TELLING_NOTHING = List.of(
            "",
            "   ",
            "plain words",
            "{",
            "{\"a\":",
            "[]",
            "null",
            "type=",
            "type=X msg=audit(x:y): a=b",
            "Feb 30 04:05:06",
            "Feb  3 04:05:06",
            "<999>",
            "<34>1 ",
            "update-alternatives ",
            "=====",
            "\tat java.base/java.lang.Thread.run(Thread.java:1)");

    @ParameterizedTest
    @FieldSource("TELLING_NOTHING")
    void aLineThatTellsNothingIsNotMadeToTellSomething(String line) {
        assertThat(readers().read(line).map(LineEvent::actor)).isEmpty();
    }

    @Test
    void aStanzaOfAptGivesItsTimeCommandAndUserToItsLines() {
        LineReader reader = readers();

        reader.read("Start-Date: 2026-02-03  04:05:06");
        reader.read("Commandline: apt-get install curl");
        reader.read("Requested-By: alice (1000)");
        LineEvent install = reader.read("Install: curl:amd64 (8.14, automatic), git:amd64 (2.47)")
                .orElseThrow();
        LineEvent end = reader.read("End-Date: 2026-02-03  04:05:09").orElseThrow();

        assertThat(install.time()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(install.actor()).isEqualTo(new Party("User", "alice"));
        assertThat(install.resource()).isEqualTo(new Party("Packages", "curl:amd64 git:amd64"));
        assertThat(install.details())
                .containsEntry("command", "apt-get install curl")
                .containsEntry("count", "2");
        assertThat(end.time()).isEqualTo("2026-02-03T04:05:09Z");
        assertThat(reader.read("Install: stray:amd64 (1)")).isEmpty();
    }

    @Test
    void whatDpkgSaidBelongsToTheTransactionItSaidItIn() {
        LineReader reader = readers();

        reader.read("Log started: 2026-02-03  04:05:06");
        LineEvent setUp = reader.read("Setting up curl (8.14.1-2) ...").orElseThrow();
        LineEvent trouble =
                reader.read("dpkg: error processing package x (--configure):").orElseThrow();
        reader.read("Log ended: 2026-02-03  04:05:09");

        assertThat(setUp.time()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(setUp.resource()).isEqualTo(new Party("Package", "curl"));
        assertThat(trouble.outcome().wire()).isEqualTo("failure");
        assertThat(reader.read("Setting up late (1) ...")).isEmpty();
    }

    @Test
    void aDayWithoutAYearIsTheLastOneNotLaterThanTheFile() {
        LogTime times = new LogTime(ZoneOffset.UTC, Instant.parse("2026-03-01T12:00:00Z"));

        assertThat(times.syslog("Mar  2 11:00:00 x", 0).orElseThrow().time()).isEqualTo("2026-03-02T11:00:00Z");
        assertThat(times.syslog("Mar  3 00:00:00 x", 0).orElseThrow().time()).isEqualTo("2025-03-03T00:00:00Z");
        assertThat(times.syslog("Feb 29 00:00:00 x", 0).orElseThrow().time()).isEqualTo("2024-02-29T00:00:00Z");
        assertThat(times.syslog("Feb 30 00:00:00 x", 0)).isEmpty();
    }
}
