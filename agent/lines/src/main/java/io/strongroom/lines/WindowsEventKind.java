package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the events of the Windows security log and of Sysmon that auditors look for are about. */
record WindowsEventKind(
        String action, Outcome outcome, boolean actorIsTarget, String resourceType, String... resourceMembers) {
    private static final Map<String, WindowsEventKind> SECURITY = new HashMap<>();
    private static final Map<String, WindowsEventKind> SYSMON = new HashMap<>();

    static {
        security("4624", "Session.Login", Outcome.SUCCESS, true, "Host", "Hostname", "Computer", "computer_name");
        security("4625", "Session.Login", Outcome.FAILURE, true, "Host", "Hostname", "Computer", "computer_name");
        security("4634", "Session.Logout", Outcome.SUCCESS, true, "Host", "Hostname", "Computer", "computer_name");
        security("4647", "Session.Logout", Outcome.SUCCESS, true, "Host", "Hostname", "Computer", "computer_name");
        security("4648", "Session.LoginAs", Outcome.UNKNOWN, false, "Account", "TargetUserName");
        security("4656", "Object.RequestHandle", Outcome.UNKNOWN, false, "Object", "ObjectName");
        security("4657", "Registry.SetValue", Outcome.SUCCESS, false, "RegistryKey", "ObjectName");
        security("4658", "Object.CloseHandle", Outcome.SUCCESS, false, "Process", "ProcessName");
        security("4660", "Object.Delete", Outcome.SUCCESS, false, "Process", "ProcessName");
        security("4661", "Object.RequestHandle", Outcome.UNKNOWN, false, "Object", "ObjectName");
        security("4662", "Object.Operate", Outcome.UNKNOWN, false, "Object", "ObjectName");
        security("4663", "Object.Access", Outcome.SUCCESS, false, "Object", "ObjectName");
        security("4670", "Object.ChangePermissions", Outcome.SUCCESS, false, "Object", "ObjectName");
        security("4672", "Session.AssignPrivileges", Outcome.SUCCESS, false, "Host", "Hostname", "Computer");
        security("4673", "Privilege.Use", Outcome.UNKNOWN, false, "Process", "ProcessName");
        security("4674", "Privilege.Use", Outcome.UNKNOWN, false, "Object", "ObjectName");
        security("4688", "Process.Start", Outcome.SUCCESS, false, "Process", "NewProcessName");
        security("4689", "Process.End", Outcome.SUCCESS, false, "Process", "ProcessName");
        security("4690", "Object.DuplicateHandle", Outcome.SUCCESS, false, "Process", "SourceProcessId");
        security("4697", "Service.Install", Outcome.SUCCESS, false, "Service", "ServiceName");
        security("4698", "ScheduledTask.Create", Outcome.SUCCESS, false, "ScheduledTask", "TaskName");
        security("4699", "ScheduledTask.Delete", Outcome.SUCCESS, false, "ScheduledTask", "TaskName");
        security("4702", "ScheduledTask.Change", Outcome.SUCCESS, false, "ScheduledTask", "TaskName");
        security("4703", "Privilege.Adjust", Outcome.SUCCESS, false, "Process", "ProcessName");
        security("4719", "AuditPolicy.Change", Outcome.SUCCESS, false, "AuditPolicy", "SubcategoryGuid");
        security("4720", "Account.Create", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4722", "Account.Enable", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4723", "Account.ChangePassword", Outcome.UNKNOWN, false, "Account", "TargetUserName");
        security("4724", "Account.ResetPassword", Outcome.UNKNOWN, false, "Account", "TargetUserName");
        security("4725", "Account.Disable", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4726", "Account.Delete", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4728", "Group.AddMember", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("4729", "Group.RemoveMember", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("4732", "Group.AddMember", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("4733", "Group.RemoveMember", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("4738", "Account.Change", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4740", "Account.Lock", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4756", "Group.AddMember", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("4767", "Account.Unlock", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4768", "Kerberos.RequestTicket", Outcome.UNKNOWN, true, "Service", "ServiceName");
        security("4769", "Kerberos.RequestServiceTicket", Outcome.UNKNOWN, true, "Service", "ServiceName");
        security("4771", "Kerberos.PreAuthenticate", Outcome.FAILURE, true, "Service", "ServiceName");
        security("4776", "Credential.Validate", Outcome.UNKNOWN, true, "Host", "Workstation");
        security("4798", "Account.ListGroups", Outcome.SUCCESS, false, "Account", "TargetUserName");
        security("4799", "Group.ListMembers", Outcome.SUCCESS, false, "Group", "TargetUserName");
        security("5140", "Share.Access", Outcome.UNKNOWN, false, "Share", "ShareName");
        security("5145", "Share.AccessFile", Outcome.UNKNOWN, false, "Share", "RelativeTargetName", "ShareName");
        security("5156", "Network.Connect", Outcome.SUCCESS, false, "Address", "DestAddress");
        security("5157", "Network.Connect", Outcome.FAILURE, false, "Address", "DestAddress");
        security("5158", "Network.Bind", Outcome.SUCCESS, false, "Address", "SourceAddress");
        security("1102", "AuditLog.Clear", Outcome.SUCCESS, false, "EventLog", "Channel");
        security("104", "EventLog.Clear", Outcome.SUCCESS, false, "EventLog", "Channel");
        security("7045", "Service.Install", Outcome.SUCCESS, false, "Service", "ServiceName");
        sysmon("1", "Process.Start", "Process", "Image");
        sysmon("2", "File.ChangeTime", "File", "TargetFilename");
        sysmon("3", "Network.Connect", "Address", "DestinationIp");
        sysmon("5", "Process.End", "Process", "Image");
        sysmon("6", "Driver.Load", "Driver", "ImageLoaded");
        sysmon("7", "Image.Load", "Image", "ImageLoaded");
        sysmon("8", "Process.CreateRemoteThread", "Process", "TargetImage");
        sysmon("9", "Device.RawRead", "Device", "Device");
        sysmon("10", "Process.Access", "Process", "TargetImage");
        sysmon("11", "File.Create", "File", "TargetFilename");
        sysmon("12", "Registry.CreateOrDelete", "RegistryKey", "TargetObject");
        sysmon("13", "Registry.SetValue", "RegistryKey", "TargetObject");
        sysmon("14", "Registry.Rename", "RegistryKey", "TargetObject");
        sysmon("15", "File.CreateStream", "File", "TargetFilename");
        sysmon("17", "Pipe.Create", "Pipe", "PipeName");
        sysmon("18", "Pipe.Connect", "Pipe", "PipeName");
        sysmon("22", "Dns.Query", "Name", "QueryName");
        sysmon("23", "File.Delete", "File", "TargetFilename");
    }

    private static void security(
            String id, String action, Outcome outcome, boolean actorIsTarget, String type, String... members) {
        SECURITY.put(id, new WindowsEventKind(action, outcome, actorIsTarget, type, members));
    }

    private static void sysmon(String id, String action, String type, String... members) {
        SYSMON.put(id, new WindowsEventKind(action, Outcome.SUCCESS, false, type, members));
    }

    /** The kind of that event, if it is a known one of the security log, the system log or Sysmon. */
    static Optional<WindowsEventKind> of(String id, @Nullable String provider, @Nullable String channel) {
        boolean sysmon =
                provider != null && provider.contains("Sysmon") || channel != null && channel.contains("Sysmon");
        if (sysmon) {
            return Optional.ofNullable(SYSMON.get(id));
        }
        boolean windows = channel == null || channel.equals("Security") || channel.equals("System");
        return windows ? Optional.ofNullable(SECURITY.get(id)) : Optional.empty();
    }
}
