CREATE TABLE analyses (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, input TEXT, clip_digest TEXT NOT NULL, clip_bytes INTEGER NOT NULL,
        options TEXT NOT NULL, created_at INTEGER NOT NULL, touched_at INTEGER NOT NULL, keep INTEGER NOT NULL,
        analysis_id TEXT, analysis TEXT, stills TEXT NOT NULL DEFAULT '[]') WITHOUT ROWID;
CREATE INDEX analyses_by_analysis ON analyses (analysis_id, owner);
CREATE INDEX analyses_by_owner ON analyses (owner, created_at);
CREATE INDEX analyses_by_idleness ON analyses (keep, touched_at);
CREATE TABLE explanations (
        analysis TEXT NOT NULL, request TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (analysis, request)) WITHOUT ROWID;
CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT, analysis TEXT NOT NULL, at INTEGER NOT NULL, client TEXT NOT NULL,
        value TEXT NOT NULL);
CREATE INDEX corrections_by_analysis ON corrections (analysis);
CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, client TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT, detail TEXT NOT NULL);
CREATE INDEX audit_by_subject ON audit (subject);
CREATE TABLE api_keys (id TEXT PRIMARY KEY, hash TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE jobs (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, payload TEXT NOT NULL, priority INTEGER NOT NULL,
        concurrency INTEGER NOT NULL, deadline_ms INTEGER NOT NULL, status TEXT NOT NULL, stage TEXT, progress REAL,
        attempt INTEGER NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER, error TEXT,
        queued_order INTEGER NOT NULL, started_order INTEGER, holder TEXT, beat INTEGER NOT NULL,
        cancelled INTEGER NOT NULL, event_base INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX jobs_by_status ON jobs (status, priority, queued_order);
CREATE INDEX jobs_by_owner ON jobs (owner, status);
CREATE INDEX jobs_by_turn ON jobs (owner, started_order);
CREATE TABLE events (
        job TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (job, number)) WITHOUT ROWID;
CREATE UNIQUE INDEX events_key ON events (job, key);
CREATE TABLE blobs (
        key TEXT NOT NULL, part INTEGER NOT NULL, digest TEXT NOT NULL, bytes BLOB NOT NULL,
        PRIMARY KEY (key, part)) WITHOUT ROWID;
