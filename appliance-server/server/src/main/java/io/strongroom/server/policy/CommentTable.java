package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said of proposals. What it writes is durable when it returns. */
final class CommentTable {
    private final Database database;
    private final String tenant;

    CommentTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /** Those of a proposal, in the order in which they came. */
    List<Comment> of(String proposal) {
        return database.read(connection -> {
            List<Comment> comments = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT proposal, author, git_commit, file, line,"
                            + " content, written_at, rejection FROM policy_comment WHERE proposal = ?"
                            + " ORDER BY written_at, digest")) {
                select.setString(1, proposal);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        comments.add(comment(rows));
                    }
                }
            }
            return comments;
        });
    }

    private static Comment comment(ResultSet row) throws SQLException {
        String file = row.getString(4);
        int line = row.getInt(5);
        Integer numbered = row.wasNull() ? null : Integer.valueOf(line);
        byte[] rejection = row.getBytes(8);
        return new Comment(
                row.getString(1),
                row.getString(2),
                new GitCommit(row.getString(3)),
                file == null ? null : new Comment.Place(file, numbered),
                row.getString(6),
                row.getLong(7),
                rejection == null ? null : Digest.ofBytes(rejection));
    }

    /** Keeps one. */
    void insert(Comment comment) {
        database.durable(connection -> insert(connection, tenant, comment));
    }

    /** Keeps one in a transaction in which something else is kept as well. */
    static int insert(Connection connection, String tenant, Comment comment) throws SQLException {
        Comment.@Nullable Place place = comment.place();
        Digest rejection = comment.rejection();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO policy_comment"
                + " (tenant_id, digest, proposal, author, git_commit, file, line, content, written_at, rejection)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setBytes(2, comment.digest().bytes());
            insert.setString(3, comment.proposal());
            insert.setString(4, comment.author());
            insert.setString(5, comment.commit().hex());
            insert.setString(6, place == null ? null : place.file());
            if (place == null || place.line() == null) {
                insert.setNull(7, Types.INTEGER);
            } else {
                insert.setInt(7, place.line());
            }
            insert.setString(8, comment.text());
            insert.setLong(9, comment.at());
            insert.setBytes(10, rejection == null ? null : rejection.bytes());
            return insert.executeUpdate();
        }
    }
}
