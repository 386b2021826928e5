package io.strongroom.server.database;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.DatabaseLocation.H2File;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Database} on plain JDBC: one small pool for each role, and the tenant set first thing in each transaction of
 * the app role's.
 */
public final class JdbcDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDatabase.class);
    private static final long CONNECT_MILLIS = 10_000;
    private static final String NO_CONNECTION = "08001";
    private static final int H2_CLOSED = 90_098;
    private static final int APP_CONNECTIONS = 12;
    private static final int OWNER_CONNECTIONS = 4;
    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

    private final Engine engine;
    private final String url;
    private final Properties ownerProperties;
    private final HikariDataSource app;
    private final HikariDataSource owner;
    private final String tenant;
    private volatile Runnable whenH2Closed = () -> {};

    private JdbcDatabase(Engine engine, String url, Properties app, Properties owner, TenantId tenant) {
        this.engine = engine;
        this.url = url;
        this.ownerProperties = owner;
        this.app = pool("app", url, app, APP_CONNECTIONS);
        this.owner = pool("owner", url, owner, OWNER_CONNECTIONS);
        this.tenant = tenant.value();
    }

    /**
     * Connects, makes sure that the server and the roles are such as the design asks for, and brings the tables up to
     * date.
     *
     * @throws StartRefusedException if the database cannot be reached or must not be used as it is
     */
    public static JdbcDatabase open(DatabaseLocation location, TenantId tenant) {
        requireNonNull(tenant, "tenant is null");
        JdbcDatabase database =
                switch (location) {
                    case H2File h2 -> openH2(h2, tenant);
                    case Postgres postgres -> openPostgres(postgres, tenant);
                };
        try {
            Schema.migrate(database.engine, database.owner, tenant);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static JdbcDatabase openH2(H2File location, TenantId tenant) {
        Properties properties = credentials(new Credentials("strongroom", ""));
        String url = "jdbc:h2:file:" + location.file().toAbsolutePath() + H2_OPTIONS;
        try (Connection first = DriverManager.getConnection(url, properties)) {
            requireNonNull(first, "no connection");
        } catch (SQLException e) {
            throw unreachable("The database file " + location.file() + ".mv.db cannot be opened", e);
        }
        return new JdbcDatabase(Engine.H2, url, properties, properties, tenant);
    }

    private static JdbcDatabase openPostgres(Postgres location, TenantId tenant) {
        Properties owner = postgresProperties(location.owner());
        Properties app = postgresProperties(new Credentials(PostgresRoles.APP, location.appPassword()));
        try (Connection connection = DriverManager.getConnection(location.url(), owner)) {
            PostgresRoles.requireDurable(connection);
            boolean made = PostgresRoles.ensureApp(connection, location.appPassword());
            try {
                requireSound(location, app);
            } catch (StartRefusedException e) {
                // A start that is refused changes nothing: the next one may come with a password.
                if (made) {
                    PostgresRoles.dropApp(connection);
                }
                throw e;
            }
        } catch (SQLException e) {
            throw unreachable("PostgreSQL does not let the owner " + location.owner() + " in", e);
        }
        return new JdbcDatabase(Engine.POSTGRESQL, location.url(), app, owner, tenant);
    }

    /** Before anything is written, and through a connection of each role, as each may have settings of its own. */
    private static void requireSound(Postgres location, Properties app) {
        try (Connection connection = DriverManager.getConnection(location.url(), app)) {
            PostgresRoles.requireDurable(connection);
            PostgresRoles.requireConfined(connection, location.owner().user());
        } catch (SQLException e) {
            throw unreachable(
                    "PostgreSQL does not let the role " + PostgresRoles.APP
                            + " in; give its password as database.app-password (where it is lost, ALTER ROLE "
                            + PostgresRoles.APP + " PASSWORD sets another)",
                    e);
        }
    }

    private static StartRefusedException unreachable(String what, SQLException e) {
        if (NO_CONNECTION.equals(e.getSQLState())) {
            return new StartRefusedException(Reason.DATABASE, "PostgreSQL does not answer: " + e.getMessage(), e);
        }
        return new StartRefusedException(Reason.DATABASE, what + ": " + e.getMessage(), e);
    }

    private static Properties credentials(Credentials credentials) {
        Properties properties = new Properties();
        properties.setProperty("user", credentials.user());
        String password = credentials.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    private static Properties postgresProperties(Credentials credentials) {
        Properties properties = credentials(credentials);
        properties.setProperty("currentSchema", Schema.NAME);
        properties.setProperty("ApplicationName", "strongroom");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("reWriteBatchedInserts", "true");
        // A constraint's detail quotes the row, and exceptions get into logs.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static HikariDataSource pool(String name, String url, Properties properties, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("strongroom-" + name);
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.setUsername(properties.getProperty("user"));
        config.setPassword(properties.getProperty("password"));
        config.setAutoCommit(false);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        // Nothing is opened before it is asked for: the owner's checks come first.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    /**
     * Says what to do where H2 has closed its file by itself, as it does after a write that failed. It opens it again for
     * some of those who ask and not for others, so that only another process has it whole.
     *
     * @param ending called by whoever finds out, perhaps more than once
     */
    public void whenH2Closed(Runnable ending) {
        whenH2Closed = ending;
    }

    /** The tenant whose rows these are, as it stands in {@code tenant_id}. */
    public String tenant() {
        return tenant;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return transaction(app, true, true, work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return transaction(app, false, true, work);
    }

    @Override
    public <T extends @Nullable Object> T owner(Work<T> work) {
        return transaction(owner, false, false, work);
    }

    @Override
    public Connection connectOwner() throws SQLException {
        return DriverManager.getConnection(url, ownerProperties);
    }

    private <T extends @Nullable Object> T transaction(
            HikariDataSource pool, boolean readOnly, boolean asTenant, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            try {
                if (readOnly) {
                    connection.setReadOnly(true);
                }
                if (asTenant) {
                    setTenant(connection);
                }
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                if (e instanceof SQLException failure && failure.getErrorCode() == H2_CLOSED) {
                    whenH2Closed.run();
                }
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The one place where the tenant is set. It ends with the transaction, whatever the pool does. */
    private void setTenant(Connection connection) throws SQLException {
        if (engine == Engine.H2) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('app.tenant_id', ?, true)")) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        // From here on it is us.
        whenH2Closed = () -> {};
        app.close();
        owner.close();
        if (engine == Engine.H2) {
            shutDownH2();
        }
    }

    private void shutDownH2() {
        try (Connection connection = connectOwner();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            // Everything committed was synced before; the next start replays what SHUTDOWN would have tidied.
            LOG.warn("H2 was not shut down tidily", e);
        }
    }
}
