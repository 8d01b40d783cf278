/**
 * Lights up what belongs to an evidence id (chip, band, region, row) while the pointer or the focus is on one of them,
 * and opens the fold that holds the target of a link. Without it the page is complete; links still jump.
 */
export const SCRIPT = `(()=>{
const lit=(node,on)=>{const home=node.closest('article');if(home===null)return;
for(const other of home.querySelectorAll('[data-o="'+CSS.escape(node.dataset.o)+'"]'))other.classList.toggle('lit',on);};
const find=(event)=>event.target instanceof Element?event.target.closest('[data-o]'):null;
for(const [type,on] of [['mouseover',true],['mouseout',false],['focusin',true],['focusout',false]])
document.addEventListener(type,(event)=>{const node=find(event);if(node!==null)lit(node,on);});
const unfold=()=>{const row=document.getElementById(location.hash.slice(1));const fold=row===null?null:row.closest('details');
if(fold!==null&&!fold.open){fold.open=true;row.scrollIntoView({block:'center'});}};
addEventListener('hashchange',unfold);unfold();
})();`;
