use tongban::{compare, forms::Forms, ingest::{self, Source}, profile::Profile};
fn main() {
    let p = Profile::load("national-12").unwrap();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let sources: Vec<Source> = args.iter().enumerate().map(|(i, a)| Source { side: i as u16, ..Source::file(a) }).collect();
    let t = std::time::Instant::now();
    let intake = ingest::read(&sources, &p);
    eprintln!("read {:?}", t.elapsed());
    for e in &intake.errors { eprintln!("{e}"); }
    for f in &intake.catalogue.findings { eprintln!("{f:?}"); }
    for t in &intake.catalogue.tables { for c in &t.columns { if c.field.is_none() { eprintln!("{} {:?}", c.header, c.understood); } } }
    let forms = Forms::of(&intake.catalogue, &p);
    eprintln!("forms {:?}", t.elapsed());
    let c = &intake.catalogue;
    let sides: Vec<_> = (0..c.regions.len()).map(|i| Some(i)).collect();
    let d = compare::pair::compare(c, &forms, &p, &sides, [(c.regions[0].id.clone(), c.regions[0].name.clone()), (c.regions[1].id.clone(), c.regions[1].name.clone())]);
    eprintln!("cmp {:?}", t.elapsed());
    println!("{:?} {:?} {} {} {:?} only {} {}", d.left, d.right, d.items_compared, d.items_alike, d.verdicts, d.only_left.len(), d.only_right.len());
    for x in &d.divided { println!("DIV {x:?}"); }
    for x in &d.differences { println!("{} {:?} {} {} {:?} {:?}\n    {:?}\n    L {} @{:?}\n    R {}", x.code, x.handling, x.element, x.judgement.verdict.word(), x.judgement.why, x.judgement.detail, "", x.left.normal, x.left.place, x.right.normal); }
}
