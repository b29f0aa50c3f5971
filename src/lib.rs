//! tongban (同办, "handled alike"): finds where the same government-service item (政务服务事项) is handled differently from one
//! region to the next. This page is the plan of the house.
//!
//! # Words
//!
//! | word | 中文 | meaning |
//! |---|---|---|
//! | directory | 基本目录 | what may be handled at all |
//! | list | 实施清单 | how one region, through its bodies, handles the items |
//! | item | 事项 | known by its basic code (基本编码) |
//! | handling item | 业务办理项 | the case of an item that is really applied for |
//! | element | 要素 | one of the compared properties of an item |
//! | profile | 要素规范 | the list of elements with kinds, aliases, weights, policies: data |
//! | normal form | 规范值 | the typed value of an element and its canonical spelling |
//! | finding | 问题 | what [`lint`] says about one place |
//! | difference | 差异 | what [`compare`] says about one element of one item |
//! | reference | 参照值 | directory, else majority, else a named region |
//! | variance | 合理差异 | a difference that is allowed, with its ground and its last day (`variance.toml`) |
//! | pairing | 对应 | how rows without a common code came to be one item; a person's decision (`matches.csv`) wins |
//! | snapshot | 快照 | a stored state of all lists, `tongban.db` |
//! | burden | 办事负担 | what an applicant bears: papers, steps, days, visits, fees |
//! | patch | 看齐补丁 | the least that must change to bring a region into line (`tongban align`) |
//!
//! # The way of the data
//!
//! ```text
//! bytes ─ ingest ─> Catalogue (raw cells, each with its place) ─ forms/normalise ─> normal forms beside it
//!            ^ profile, vocabularies (data)                                           ├─ lint    ─> [Finding]    ─┐
//!                                                                                     └─ compare ─> [Difference] ─┴─ report ─> bytes
//! ```
//!
//! One road, one direction. Raw text is never changed after ingest. Lint and compare judge normal forms; reports quote raw text
//! and its place, so that every statement can be checked by eye.
//!
//! # Rooms, and what each may use (a test reads this table)
//!
//! | room | may use |
//! |---|---|
//! | [`model`] | nothing |
//! | [`error`] | model |
//! | [`normalise`] | model |
//! | [`profile`] | model, normalise, error |
//! | [`forms`] | model, normalise, profile |
//! | [`law`] | model, normalise, profile, forms |
//! | [`ingest`] | model, normalise, profile, law, error |
//! | [`notation`] | model, normalise, profile, forms |
//! | [`store`] | model, law, error |
//! | [`lint`] | model, normalise, profile, forms, law |
//! | [`compare`] | model, normalise, profile, forms |
//! | [`messages`] | model |
//! | [`report`] | model, normalise, error, messages |
//! | [`cli`] | everything; used by `main` only |
//!
//! `forms` stands between `normalise` (pure, knows no profile) and its two users: it normalises each distinct raw text of an
//! element once, in parallel. `report` uses of `normalise` only what tells invisible characters and how laws spell a citation.
//!
//! `notation` says which texts `tongban fmt` writes otherwise, and a finding of `lint` which text puts it right (`lint --fix`);
//! `ingest::edit` puts them into the bytes of the file that they came from, and `report::save` replaces the file. `compare::align` says
//! which texts bring a region into line; `tongban align --apply` writes them the same way, but always into a new file.
//!
//! The core (`model`, `normalise`, `law`, `forms`, `notation`, `lint`, `compare`) reads no file and no clock and cannot fail on data: odd data becomes
//! [`model::Value::Unknown`] or a finding. Only `ingest` and `profile` read files, only `report::save` writes them, and `store` has
//! SQLite fill the file that `report::save` gives it; nothing is spawned and no socket is opened. One file is written in place: that of
//! snapshots, by SQLite's own transactions. It grows by what is new, and several programs may add to it; a new file in its place, as
//! `report::save` makes one, would write all of it each time, and lose what another program added meanwhile.
//!
//! `law` knows the laws: `ingest::laws` reads their texts, and what is said of a citation
//! goes to `lint` as rules and to `report` as a document of its own (`tongban law check`). `store` keeps what was read in an index,
//! one SQLite file; whatever needs laws gets them from `cli::law::library`, with the same result with and without it.
//!
//! `store::snapshots` keeps the states of all lists as they were read, before anything is judged: a snapshot (`@3`) is a path among
//! others (`cli::taken`), and what is read back goes the same road as files.
//!
//! # What a change touches
//!
//! | a new … | touches |
//! |---|---|
//! | rule | a check in its family file, a line in `lint::registry`, its texts in `catalogs/rules/`, its cases in `tests/lint/` |
//! | rule of one workspace | its own `rules/*.toml`, with examples: no Rust |
//! | output format | one file in `report/`, one line in `report::FORMATS` |
//! | input format | one file in `ingest/`, one line in `ingest::sniff` that recognises it and one in `ingest` that calls it |
//! | element, header alias, profile, code list, vocabulary | data in `catalogs/`, or a user's own profile: no Rust |
//! | kind of element | one file in `normalise/`, one line in `normalise::KINDS` |
//! | command | one file in `cli/`, one line in `cli::args` |

pub mod cli;
pub mod compare;
pub mod error;
pub mod forms;
pub mod ingest;
pub mod law;
pub mod lint;
pub mod messages;
pub mod model;
pub mod normalise;
pub mod notation;
pub mod profile;
pub mod report;
pub mod store;
